package io.menso.inference.attributes;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a face expresses.
///
/// @param value         the likeliest of seven
/// @param probabilities of all seven, in a fixed order; they add up to 1
public record Emotion(String value, Map<String, Double> probabilities) {

    /// The seven, in the order of the networks' outputs.
    static final List<String> NAMES = List.of("neutral", "happy", "sad", "angry", "fearful", "disgusted", "surprised");

    public Emotion {
        probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
    }

    /// @param shares of the seven
    static Emotion of(float[] shares) {
        Map<String, Double> probabilities = new LinkedHashMap<>();
        int largest = 0;
        for (int i = 0; i < shares.length; i++) {
            probabilities.put(NAMES.get(i), (double) shares[i]);
            largest = shares[i] > shares[largest] ? i : largest;
        }
        return new Emotion(NAMES.get(largest), probabilities);
    }
}
