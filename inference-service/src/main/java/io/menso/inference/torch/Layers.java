package io.menso.inference.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import io.menso.inference.torch.StateDict.Tensor;
import java.util.List;

/// Makes layers that carry their trained weights, and refuses weights of another shape.
final class Layers {

    private final StateDict weights;

    Layers(StateDict weights) {
        this.weights = weights;
    }

    /// A square convolution, its shape and its surroundings.
    ///
    /// @param in      channels that come
    /// @param out     channels that go
    /// @param kernel  side of the kernel
    /// @param stride  1, or 2 to halve the picture
    /// @param padding pixels of zeros around the picture
    /// @param groups  1, or `in` for a convolution of each channel by itself
    record Convolution(int in, int out, int kernel, int stride, int padding, int groups) {

        static Convolution pointwise(int in, int out) {
            return new Convolution(in, out, 1, 1, 0, 1);
        }

        static Convolution depthwise(int channels, int stride) {
            return new Convolution(channels, channels, 3, stride, 1, channels);
        }
    }

    /// Convolution and batch normalisation.
    SequentialBlock linear(String name, Convolution shape) throws TorchFormatException {
        return new SequentialBlock()
                .add(convolution(name + ".conv.weight", shape))
                .add(norm(name + ".bn", shape.out()));
    }

    /// Convolution, batch normalisation and [ChannelPrelu].
    SequentialBlock activated(String name, Convolution shape) throws TorchFormatException {
        Block prelu = new ChannelPrelu(shape.out());
        set(prelu, "slope", weights.tensor(name + ".prelu.weight", shape.out()));
        return linear(name, shape).add(prelu);
    }

    /// Squeeze and excitation (Hu, Shen, Sun, 2018): each channel is weighed by what all look like on average.
    Block squeeze(String name, int channels, int reduced) throws TorchFormatException {
        SequentialBlock gate = new SequentialBlock()
                .addSingleton(x -> x.mean(new int[] {2}, true).mean(new int[] {3}, true))
                .add(convolution(name + ".fc1.weight", Convolution.pointwise(channels, reduced)))
                .add(norm(name + ".bn1", reduced))
                .add(Activation.reluBlock())
                .add(convolution(name + ".fc2.weight", Convolution.pointwise(reduced, channels)))
                .add(norm(name + ".bn2", channels))
                .add(Activation.sigmoidBlock());
        return new ParallelBlock(
                branches -> new NDList(only(branches, 0).mul(only(branches, 1))),
                List.of(Blocks.identityBlock(), gate));
    }

    /// The input plus what the block makes of it.
    static Block residual(Block block) {
        return new ParallelBlock(
                branches -> new NDList(only(branches, 0).add(only(branches, 1))),
                List.of(Blocks.identityBlock(), block));
    }

    /// A matrix without a bias.
    Block matrix(String name, int in, int out) throws TorchFormatException {
        Block block = Linear.builder().setUnits(out).optBias(false).build();
        set(block, "weight", weights.tensor(name + ".weight", out, in));
        return block;
    }

    /// Batch normalisation with the averages of training.
    Block norm(String name, int channels) throws TorchFormatException {
        Block block = BatchNorm.builder().build();
        set(block, "gamma", weights.tensor(name + ".weight", channels));
        set(block, "beta", weights.tensor(name + ".bias", channels));
        set(block, "runningMean", weights.tensor(name + ".running_mean", channels));
        set(block, "runningVar", weights.tensor(name + ".running_var", channels));
        return block;
    }

    private Block convolution(String name, Convolution shape) throws TorchFormatException {
        Block block = Conv2d.builder()
                .setKernelShape(new Shape(shape.kernel(), shape.kernel()))
                .setFilters(shape.out())
                .optStride(new Shape(shape.stride(), shape.stride()))
                .optPadding(new Shape(shape.padding(), shape.padding()))
                .optGroups(shape.groups())
                .optBias(false)
                .build();
        long perGroup = shape.in() / shape.groups();
        set(block, "weight", weights.tensor(name, shape.out(), perGroup, shape.kernel(), shape.kernel()));
        return block;
    }

    /// The block asks for its numbers once it is initialised.
    private static void set(Block block, String parameter, Tensor tensor) {
        Parameter target = block.getDirectParameters().get(parameter);
        target.freeze(true);
        target.setInitializer((manager, shape, _) -> manager.create(tensor.values(), shape));
    }

    private static NDArray only(List<NDList> branches, int index) {
        return branches.get(index).singletonOrThrow();
    }
}
