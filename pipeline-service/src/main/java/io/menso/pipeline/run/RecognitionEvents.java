package io.menso.pipeline.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.menso.commons.data.Outbox;
import io.menso.commons.web.EventEnvelope;
import io.menso.commons.web.UuidV7;
import io.menso.pipeline.calls.Origin;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import org.jboss.logging.Logger;

/// Publishes `recognition.event.v1` after the answers, in transactions of its own.
///
/// The events wait in a bounded queue: with the database away the newest are dropped and counted, and no
/// recognition is slower or fails for it.
@ApplicationScoped
public class RecognitionEvents {

    static final String TOPIC = "recognition.event.v1";
    private static final Logger LOG = Logger.getLogger(RecognitionEvents.class);
    private static final int CAPACITY = 2000;
    private static final int BATCH = 100;

    private final Outbox outbox;
    private final ObjectMapper json;
    private final Clock clock;
    private final UuidV7 ids;
    private final Counter dropped;
    private final ArrayBlockingQueue<EventEnvelope> waiting = new ArrayBlockingQueue<>(CAPACITY);

    @Inject
    public RecognitionEvents(Outbox outbox, ObjectMapper json, Clock clock, MeterRegistry meters) {
        this.outbox = outbox;
        this.json = json;
        this.clock = clock;
        this.ids = new UuidV7(clock);
        this.dropped = meters.counter("menso.pipeline.recognition.events.dropped");
    }

    /// Takes note of a finished execution; returns at once.
    ///
    /// @param pipeline    name of a built-in, uuid of another
    /// @param outcome     `ok`, `no_match` or an error code
    void record(Origin origin, String pipeline, String outcome, Recognition recognition, long millis) {
        ObjectNode data = json.createObjectNode().put("pipeline", pipeline).put("outcome", outcome);
        origin.device().ifPresent(device -> data.put("device", device.toString()));
        origin.gallery().ifPresent(gallery -> data.put("gallery", gallery));
        recognition.score().ifPresent(score -> data.put("score", score));
        data.put("millis", millis).put("revision", recognition.revision());
        UUID id = ids.next();
        offer(new EventEnvelope(
                id,
                "recognition",
                clock.millis(),
                origin.tenant().customer(),
                origin.tenant().environment().label(),
                1,
                data));
    }

    /// Writes what waits to the outbox.
    @Scheduled(every = "${menso.pipeline.events.every:1s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> flush() {
        List<EventEnvelope> batch = new ArrayList<>();
        waiting.drainTo(batch, BATCH);
        if (batch.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return Panache.withTransaction(() -> append(batch, 0))
                .onFailure()
                .invoke(failure -> putBack(batch, failure))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> append(List<EventEnvelope> batch, int index) {
        if (index == batch.size()) {
            return Uni.createFrom().voidItem();
        }
        EventEnvelope event = batch.get(index);
        return outbox.append(TOPIC, event.tenant().id() + "/" + event.id(), event)
                .chain(() -> append(batch, index + 1));
    }

    private void putBack(List<EventEnvelope> batch, Throwable failure) {
        LOG.warnf("recognition events wait: count=%d reason=%s", batch.size(), failure.toString());
        batch.forEach(this::offer);
    }

    private void offer(EventEnvelope event) {
        if (!waiting.offer(event)) {
            dropped.increment();
        }
    }
}
