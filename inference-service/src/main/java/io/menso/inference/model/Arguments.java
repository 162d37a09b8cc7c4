package io.menso.inference.model;

import io.menso.commons.web.ApiException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The values of a model's parameters in one request (decision F1).
public final class Arguments {

    private final Map<String, Object> values;

    private Arguments(Map<String, Object> values) {
        this.values = Map.copyOf(values);
    }

    /// Converts a query string by the types of the parameters.
    ///
    /// @throws ApiException 400 that names what is allowed
    public static Arguments read(List<Parameter> parameters, Map<String, List<String>> query) {
        List<String> names = parameters.stream().map(Parameter::name).toList();
        query.keySet().stream()
                .filter(name -> !names.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw ApiException.badRequest(
                            "Unknown parameter " + shortened(name) + "; allowed are " + list(names));
                });
        Map<String, Object> values = new HashMap<>();
        parameters.forEach(parameter -> values.put(parameter.name(), value(parameter, query.get(parameter.name()))));
        return new Arguments(values);
    }

    public String text(String name) {
        return (String) known(name);
    }

    public double number(String name) {
        return (Double) known(name);
    }

    private Object known(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no parameter " + name);
        }
        return value;
    }

    private static Object value(Parameter parameter, @Nullable List<String> given) {
        if (given == null || given.isEmpty()) {
            return parameter
                    .defaultValue()
                    .orElseThrow(() -> ApiException.badRequest("Parameter " + parameter.name() + " is missing"));
        }
        if (given.size() > 1) {
            throw ApiException.badRequest("Parameter " + parameter.name() + " is given more than once");
        }
        return parameter.type().equals("number")
                ? number(parameter, given.getFirst())
                : choice(parameter, given.getFirst());
    }

    private static String choice(Parameter parameter, String text) {
        parameter.allowed().filter(allowed -> !allowed.contains(text)).ifPresent(allowed -> {
            throw ApiException.badRequest("Parameter " + parameter.name() + " must be one of " + list(allowed));
        });
        return text;
    }

    private static Double number(Parameter parameter, String text) {
        double minimum = parameter.minimum().orElse(-Double.MAX_VALUE);
        double maximum = parameter.maximum().orElse(Double.MAX_VALUE);
        if (text.matches("-?[0-9]{1,18}(\\.[0-9]{1,18})?([eE]-?[0-9]{1,3})?")) {
            double number = Double.parseDouble(text);
            if (number >= minimum && number <= maximum) {
                return number;
            }
        }
        throw ApiException.badRequest(
                "Parameter " + parameter.name() + " must be a number from " + minimum + " to " + maximum);
    }

    private static String list(List<String> names) {
        return names.stream().collect(Collectors.joining(", "));
    }

    private static String shortened(String name) {
        return name.length() <= 64 ? name : name.substring(0, 64) + "...";
    }
}
