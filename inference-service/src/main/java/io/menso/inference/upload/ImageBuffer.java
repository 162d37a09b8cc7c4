package io.menso.inference.upload;

import java.util.ArrayList;
import java.util.List;

/// Collects an image piece by piece. Grows by blocks: one array that doubles would take up to three times the image,
/// which nobody has accounted for.
final class ImageBuffer {

    private static final int BLOCK = 64 * 1024;
    private static final Object TAKING = new Object();

    private final List<byte[]> blocks = new ArrayList<>();
    private int size;

    int size() {
        return size;
    }

    void write(byte[] bytes, int offset, int length) {
        int done = 0;
        while (done < length) {
            int at = size % BLOCK;
            if (at == 0) {
                blocks.add(new byte[BLOCK]);
            }
            int step = Math.min(length - done, BLOCK - at);
            System.arraycopy(bytes, offset + done, blocks.getLast(), at, step);
            done += step;
            size += step;
        }
    }

    /// What was written; the buffer is empty afterwards. For a moment the image is there twice, but only one in the
    /// whole process.
    byte[] take() {
        synchronized (TAKING) {
            byte[] whole = new byte[size];
            for (int i = 0; i < blocks.size(); i++) {
                int at = i * BLOCK;
                System.arraycopy(blocks.get(i), 0, whole, at, Math.min(BLOCK, size - at));
            }
            blocks.clear();
            size = 0;
            return whole;
        }
    }
}
