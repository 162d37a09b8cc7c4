package io.menso.matching;

import io.menso.commons.web.ApiException;
import io.menso.matching.remote.CalibrationTable;
import io.menso.matching.remote.CalibrationTable.Point;
import io.menso.matching.remote.EncodedEmbedding;
import io.menso.matching.remote.InferenceClient;
import io.menso.matching.remote.Upload;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Reads the images to their end and answers what a test told it to; knows the calibrations of two revisions.
@Alternative
@Priority(1)
@Singleton
public class FakeInference implements InferenceClient {

    /// Cosine .2 scores .25, .4 scores .5 (the threshold), .8 scores .9.
    static final CalibrationTable TABLE = new CalibrationTable(
            Vectors.DIMENSION,
            0.5,
            List.of(new Point(0.2, 0.25, 0.01), new Point(0.4, 0.5, 0.0001), new Point(0.8, 0.9, 0.0000001)));

    private final AtomicInteger calibrationCalls = new AtomicInteger();
    private volatile Supplier<EncodedEmbedding> answer = () -> {
        throw new IllegalStateException("no answer set");
    };
    private volatile boolean reachable = true;
    private volatile long received;

    public void answer(Supplier<EncodedEmbedding> value) {
        answer = value;
    }

    public void reachable(boolean value) {
        reachable = value;
    }

    public long received() {
        return received;
    }

    public int calibrationCalls() {
        return calibrationCalls.get();
    }

    @Override
    public Uni<EncodedEmbedding> register(Upload images) {
        if (!reachable) {
            return Uni.createFrom().failure(ApiException.unavailable("Images cannot be analysed at the moment"));
        }
        return images.body()
                .map(Buffer::length)
                .collect()
                .with(java.util.stream.Collectors.summingLong(Integer::longValue))
                .invoke(bytes -> received = bytes)
                .map(_ -> answer.get());
    }

    @Override
    public Uni<Optional<CalibrationTable>> calibration(String revision) {
        calibrationCalls.incrementAndGet();
        if (!reachable) {
            return Uni.createFrom().failure(ApiException.unavailable("Images cannot be analysed at the moment"));
        }
        return Uni.createFrom()
                .item(revision.startsWith("rev") ? Optional.of(TABLE) : Optional.<CalibrationTable>empty());
    }
}
