package io.menso.local.models.torch;

import io.menso.local.models.weights.NamedTensors;
import io.menso.local.models.weights.Tensor;
import io.menso.local.models.weights.WeightsException;

/// Batch normalisation with the averages of training (Ioffe, Szegedy, 2015), as the factor and the shift it
/// amounts to. Both are computed in double precision, so that they are the same on every machine.
final class BatchNorm {

    /// PyTorch's, which upstream left as it is.
    private static final double EPSILON = 1e-5;

    private final double[] factors;
    private final float[] shifts;

    private BatchNorm(double[] factors, float[] shifts) {
        this.factors = factors;
        this.shifts = shifts;
    }

    static BatchNorm take(NamedTensors weights, String name, int channels) throws WeightsException {
        float[] gamma = weights.take(name + ".weight", channels).values();
        float[] beta = weights.take(name + ".bias", channels).values();
        float[] mean = weights.take(name + ".running_mean", channels).values();
        float[] variance = weights.take(name + ".running_var", channels).values();
        double[] factors = new double[channels];
        float[] shifts = new float[channels];
        for (int i = 0; i < channels; i++) {
            factors[i] = gamma[i] / Math.sqrt(variance[i] + EPSILON);
            shifts[i] = (float) (beta[i] - mean[i] * factors[i]);
            if (!Double.isFinite(factors[i]) || !Float.isFinite(shifts[i])) {
                throw new WeightsException(name + " has a variance that is no such thing");
            }
        }
        return new BatchNorm(factors, shifts);
    }

    /// The weights of the layer before, each output channel (the first dimension) times its factor.
    Tensor fold(Tensor weights) {
        float[] folded = weights.values().clone();
        int perChannel = folded.length / factors.length;
        for (int i = 0; i < folded.length; i++) {
            folded[i] = (float) (folded[i] * factors[i / perChannel]);
        }
        return new Tensor(weights.shape(), folded);
    }

    /// One number for each channel, which the layer before adds.
    Tensor shift() {
        return Tensor.of(shifts);
    }
}
