package io.menso.local.models.faceapi;

import io.menso.local.models.faceapi.Layers.Planes;
import io.menso.local.models.weights.WeightsException;

/// A small Xception (Chollet, 2017) with two blocks in the middle: 512 numbers of a picture.
record Xception(Layers layers) {

    Planes features(Planes input) throws WeightsException {
        Planes x = layers.relu(layers.convolution("entry_flow/conv_in", input, 32, 3, 2));
        x = halved("entry_flow/reduction_block_0", x, x, 64);
        x = halved("entry_flow/reduction_block_1", x, layers.relu(x), 128);
        x = middle("middle_flow/main_block_0", x);
        x = middle("middle_flow/main_block_1", x);
        x = halved("exit_flow/reduction_block", x, layers.relu(x), 256);
        x = layers.relu(layers.separable("exit_flow/separable_conv", x, 512, 1));
        return layers.mean(x);
    }

    /// Halves the side.
    ///
    /// @param x      what the block is given
    /// @param active the same after its rectifier, or without one in the first block
    private Planes halved(String name, Planes x, Planes active, int channels) throws WeightsException {
        Planes y = layers.separable(name + "/separable_conv0", active, channels, 1);
        y = layers.separable(name + "/separable_conv1", layers.relu(y), channels, 1);
        y = layers.maxPool(y, 3, 2);
        return layers.sum(y, layers.convolution(name + "/expansion_conv", x, channels, 1, 2));
    }

    private Planes middle(String name, Planes x) throws WeightsException {
        Planes y = x;
        for (int i = 0; i < 3; i++) {
            y = layers.separable(name + "/separable_conv" + i, layers.relu(y), x.channels(), 1);
        }
        return layers.sum(y, x);
    }
}
