package io.menso.inference.engine;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// What a network answers: numbers for each of its outputs.
///
/// @param names  what the file calls the outputs; empty where it does not name them (TorchScript)
/// @param values one flat array for each output, in the same order
public record Outputs(List<String> names, List<float[]> values) {

    public Outputs {
        names = List.copyOf(names);
        values = List.copyOf(values);
        if (!names.isEmpty() && names.size() != values.size()) {
            throw new IllegalArgumentException(names.size() + " names for " + values.size() + " outputs");
        }
    }

    /// Outputs without names.
    public Outputs(List<float[]> values) {
        this(List.of(), values);
    }

    /// The only output, or the first of several.
    public float[] first() {
        return values.getFirst();
    }

    /// An output by its name.
    ///
    /// @param place where it stands among the outputs of a file that does not name them
    /// @throws NetworkException when there is no such output
    public float[] get(String name, int place) {
        int index = names.isEmpty() ? place : names.indexOf(name);
        if (index < 0 || index >= values.size()) {
            throw new NetworkException("a network has no output " + name + " among " + names);
        }
        return values.get(index);
    }

    /// What belongs to one of `count` pictures that ran together.
    public Outputs part(int index, int count) {
        return new Outputs(
                names,
                values.stream()
                        .map(all ->
                                Arrays.copyOfRange(all, all.length / count * index, all.length / count * (index + 1)))
                        .toList());
    }

    /// The mean of several answers of the same shape, number by number.
    public static Outputs mean(List<Outputs> answers) {
        Outputs one = answers.getFirst();
        return new Outputs(
                one.names,
                IntStream.range(0, one.values.size())
                        .mapToObj(output -> mean(answers, output))
                        .toList());
    }

    private static float[] mean(List<Outputs> answers, int output) {
        float[] mean = new float[answers.getFirst().values.get(output).length];
        for (Outputs answer : answers) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += answer.values.get(output)[i] / answers.size();
            }
        }
        return mean;
    }
}
