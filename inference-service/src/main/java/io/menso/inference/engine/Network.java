package io.menso.inference.engine;

/// A loaded network.
public interface Network extends AutoCloseable {

    /// Runs a batch of pictures. Calls from several threads at once are not allowed on one runner.
    interface Runner extends AutoCloseable {

        /// @param planes `count * 3 * height * width` numbers (NCHW)
        /// @return each output flat, `count` equal parts in order
        /// @throws NetworkException when the engine fails
        Outputs run(float[] planes, int count, int height, int width);

        @Override
        void close();
    }

    /// A runner for one thread.
    Runner runner();

    @Override
    void close();
}
