package io.menso.inference.upload;

import io.menso.commons.web.ApiException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// A request's body, taken only up to so many bytes and for so long, whatever its bytes are for: a thread waits for
/// them, and a caller may send them one by one.
final class BoundedBody extends InputStream {

    private final InputStream body;
    private final long maxBytes;
    private final long deadline;
    private long received;

    BoundedBody(InputStream body, long maxBytes, Duration limit) {
        this.body = body;
        this.maxBytes = maxBytes;
        this.deadline = System.nanoTime() + limit.toNanos();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = body.read(target, offset, length);
        received += Math.max(0, count);
        if (received > maxBytes) {
            throw ApiException.tooLarge("The request has more than " + maxBytes + " bytes");
        }
        if (System.nanoTime() - deadline > 0) {
            throw ApiException.badRequest("The body took too long to arrive");
        }
        return count;
    }
}
