package io.menso.local.models.faceapi;

import io.menso.local.models.faceapi.Layers.Planes;
import io.menso.local.models.weights.WeightsException;

/// Four blocks of four convolutions, each fed the sum of all before it in its block: 256 numbers of a picture.
record DenseBlocks(Layers layers) {

    Planes features(Planes input) throws WeightsException {
        Planes x = block("dense0", layers.convolution("dense0/conv0", input, 32, 3, 2));
        x = block("dense1", layers.separable("dense1/conv0", x, 64, 2));
        x = block("dense2", layers.separable("dense2/conv0", x, 128, 2));
        x = block("dense3", layers.separable("dense3/conv0", x, 256, 2));
        return layers.mean(x);
    }

    private Planes block(String name, Planes first) throws WeightsException {
        Planes active = layers.relu(first);
        Planes sum = active;
        for (int i = 1; i <= 3; i++) {
            sum = layers.sum(sum, layers.separable(name + "/conv" + i, active, first.channels(), 1));
            active = layers.relu(sum);
        }
        return active;
    }
}
