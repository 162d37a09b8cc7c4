package io.menso.inference.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/// A query parameter of a model (decision F1); one without a default is required.
///
/// @param name         in the query string
/// @param description  for people
/// @param type         `string` or `number`
/// @param allowed      the only values, if they are listed
/// @param defaultValue used when it is absent
/// @param minimum      smallest number
/// @param maximum      largest number
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Parameter(
        String name,
        String description,
        String type,
        @JsonProperty("enum") Optional<List<String>> allowed,
        @JsonProperty("default") Optional<Object> defaultValue,
        Optional<Double> minimum,
        Optional<Double> maximum) {

    /// One of several words.
    public static Parameter choice(String name, String description, List<String> allowed, String otherwise) {
        return new Parameter(
                name,
                description,
                "string",
                Optional.of(allowed),
                Optional.of(otherwise),
                Optional.empty(),
                Optional.empty());
    }

    /// A number in a range.
    public static Parameter number(String name, String description, double min, double max, double otherwise) {
        return new Parameter(
                name,
                description,
                "number",
                Optional.empty(),
                Optional.of(otherwise),
                Optional.of(min),
                Optional.of(max));
    }
}
