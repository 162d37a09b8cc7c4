package io.menso.inference.attributes;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.menso.inference.quality.Pose;
import java.util.Optional;
import java.util.Set;

/// Estimates of one face; absent is what was not asked for or what no installed network tells.
///
/// @param age     in years
/// @param gender  with its probability
/// @param emotion with the probabilities of all seven
/// @param pose    of the head in degrees
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Attributes(
        Optional<Double> age, Optional<Gender> gender, Optional<Emotion> emotion, Optional<Pose> pose) {

    static Attributes none() {
        return new Attributes(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// These, and of the others what is absent here.
    Attributes or(Attributes others) {
        return new Attributes(
                age.or(others::age), gender.or(others::gender), emotion.or(others::emotion), pose.or(others::pose));
    }

    /// Of these only the wanted ones.
    Attributes only(Set<Attribute> wanted) {
        return new Attributes(
                age.filter(_ -> wanted.contains(Attribute.AGE)),
                gender.filter(_ -> wanted.contains(Attribute.GENDER)),
                emotion.filter(_ -> wanted.contains(Attribute.EMOTION)),
                pose.filter(_ -> wanted.contains(Attribute.POSE)));
    }
}
