package io.menso.local.models.faceapi;

import io.menso.local.models.faceapi.Layers.Planes;
import io.menso.local.models.onnx.OnnxModel;
import io.menso.local.models.weights.NamedTensors;
import io.menso.local.models.weights.WeightsException;

/// The networks of face-api that are converted. Input: n x 3 x 112 x 112, RGB, `(byte - mean) / std` with the mean
/// (122.782, 117.001, 104.298) and the std of each.
public enum FaceApi {

    /// Outputs: `age` (n x 1, years) and `gender` (n x 2, shares, male first). Std 256.
    AGE_GENDER {
        @Override
        void build(OnnxModel model, Layers layers, Planes input) throws WeightsException {
            Planes x = new Xception(layers).features(input);
            model.output("age", layers.dense("fc/age", x, 1), 1);
            model.output("gender", model.softmax(layers.dense("fc/gender", x, 2)), 2);
        }
    },

    /// Output: `emotion` (n x 7, shares: neutral, happy, sad, angry, fearful, disgusted, surprised). Std 255.
    EXPRESSION {
        @Override
        void build(OnnxModel model, Layers layers, Planes input) throws WeightsException {
            Planes x = new DenseBlocks(layers).features(input);
            model.output("emotion", model.softmax(layers.dense("fc", x, 7)), 7);
        }
    },

    /// Output: `landmarks` (n x 136, x and y of 68 points in shares of the picture's side). Std 255.
    LANDMARKS {
        @Override
        void build(OnnxModel model, Layers layers, Planes input) throws WeightsException {
            Planes x = new DenseBlocks(layers).features(input);
            model.output("landmarks", layers.dense("fc", x, 136), 136);
        }
    };

    private static final int SIDE = 112;

    /// Reads upstream's weights and writes the same network as an ONNX file.
    ///
    /// @param manifest names and shapes of the tensors, JSON
    /// @param numbers  the tensors end to end
    /// @throws WeightsException if the weights are damaged or belong to another network
    public byte[] convert(byte[] manifest, byte[] numbers) throws WeightsException {
        NamedTensors weights = Shards.read(manifest, numbers);
        OnnxModel model = new OnnxModel("face-api " + name());
        build(model, new Layers(model, weights), new Planes(model.input("input", 3, SIDE, SIDE), 3, SIDE));
        weights.requireAllTaken(name -> false);
        return model.toByteArray();
    }

    abstract void build(OnnxModel model, Layers layers, Planes input) throws WeightsException;
}
