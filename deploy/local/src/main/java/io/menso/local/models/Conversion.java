package io.menso.local.models;

import io.menso.local.models.faceapi.FaceApi;
import io.menso.local.models.torch.MiniFasNet;
import io.menso.local.models.weights.WeightsException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Makes one ONNX file from files that only other programs can run. The same files always give the same bytes, so
/// that the result can be pinned as well.
public enum Conversion {
    MINIFASNET_V2(1, files -> MiniFasNet.V2.convert(files.getFirst())),
    MINIFASNET_V1SE(1, files -> MiniFasNet.V1SE.convert(files.getFirst())),
    FACEAPI_AGE_GENDER(2, files -> FaceApi.AGE_GENDER.convert(files.getFirst(), files.getLast())),
    FACEAPI_EXPRESSION(2, files -> FaceApi.EXPRESSION.convert(files.getFirst(), files.getLast())),
    FACEAPI_LANDMARKS(2, files -> FaceApi.LANDMARKS.convert(files.getFirst(), files.getLast()));

    private final int files;
    private final Converter converter;

    private interface Converter {

        byte[] convert(List<byte[]> files) throws WeightsException;
    }

    Conversion(int files, Converter converter) {
        this.files = files;
        this.converter = converter;
    }

    /// @param label lower-case name with dashes, as `pins.yaml` gives it
    /// @throws IllegalArgumentException if there is no such conversion
    static Conversion of(String label) {
        return Arrays.stream(values())
                .filter(conversion -> conversion.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no conversion " + label));
    }

    private String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// How many files it needs.
    int files() {
        return files;
    }

    /// @param originals the files, in the order of `pins.yaml`
    /// @throws WeightsException if they are damaged or belong to another network
    byte[] convert(List<byte[]> originals) throws WeightsException {
        return converter.convert(originals);
    }
}
