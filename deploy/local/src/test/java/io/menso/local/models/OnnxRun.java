package io.menso.local.models;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/// Runs an ONNX file in ONNX Runtime.
public final class OnnxRun {

    private OnnxRun() {}

    /// @param shape of the input called `input`, the number of pictures first
    /// @return each output by its name, flat
    public static Map<String, float[]> run(byte[] file, float[] input, long... shape) {
        OrtEnvironment runtime = OrtEnvironment.getEnvironment();
        try (OrtSession session = runtime.createSession(file);
                OnnxTensor tensor = OnnxTensor.createTensor(runtime, FloatBuffer.wrap(input), shape);
                OrtSession.Result result = session.run(Map.of("input", tensor))) {
            Map<String, float[]> outputs = new LinkedHashMap<>();
            for (Map.Entry<String, OnnxValue> output : result) {
                FloatBuffer numbers = ((OnnxTensor) output.getValue()).getFloatBuffer();
                float[] values = new float[numbers.remaining()];
                numbers.get(values);
                outputs.put(output.getKey(), values);
            }
            return outputs;
        } catch (OrtException e) {
            throw new AssertionError("ONNX Runtime refuses the file", e);
        }
    }
}
