package io.menso.inference.attributes;

/// The likelier of two genders, as a network trained on pictures with such labels tells it.
///
/// @param value       `male` or `female`
/// @param probability of the value, 0.5 to 1
public record Gender(String value, double probability) {

    /// @param shares of male and female
    static Gender of(float[] shares) {
        return shares[0] >= shares[1] ? new Gender("male", shares[0]) : new Gender("female", shares[1]);
    }
}
