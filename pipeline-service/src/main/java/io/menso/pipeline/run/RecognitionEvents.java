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
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingDeque;
import org.jboss.logging.Logger;

/// Publishes `recognition.event.v1` after the answers, in transactions of its own.
///
/// The events wait in a bounded queue: with the database away the newest are dropped and counted, and no
/// recognition is slower or fails for it. A process that is killed loses what it had not written, about a second.
@ApplicationScoped
public class RecognitionEvents {

    static final String TOPIC = "recognition.event.v1";
    private static final Logger LOG = Logger.getLogger(RecognitionEvents.class);
    private static final int CAPACITY = 2000;
    private static final int BATCH = 100;
    private static final Duration FAREWELL = Duration.ofSeconds(3);

    private final Outbox outbox;
    private final ObjectMapper json;
    private final Clock clock;
    private final UuidV7 ids;
    private final Counter dropped;
    private final LinkedBlockingDeque<EventEnvelope> waiting = new LinkedBlockingDeque<>(CAPACITY);

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
    /// @param pipeline name of a built-in, uuid of another
    /// @param outcome  `MATCH`, `NO_MATCH`, `OK` or an error code
    /// @param millis   of the execution, from when the images were read to its result
    void record(Run run, String pipeline, String outcome, long millis) {
        Origin origin = run.origin();
        EventEnvelope event = new EventEnvelope(
                ids.next(),
                "recognition",
                clock.millis(),
                origin.tenant().customer(),
                origin.tenant().environment().label(),
                1,
                data(run, pipeline, outcome, millis));
        if (!waiting.offer(event)) {
            dropped.increment();
        }
    }

    private ObjectNode data(Run run, String pipeline, String outcome, long millis) {
        Recognition recognition = run.recognition();
        Origin origin = run.origin();
        ObjectNode data = json.createObjectNode()
                .put("pipeline", pipeline)
                .put("kind", recognition.kind().label())
                .put("outcome", outcome);
        origin.device().ifPresent(device -> data.put("device", device.toString()));
        origin.gallery().or(recognition::gallery).ifPresent(gallery -> data.put("gallery", gallery));
        recognition.score().ifPresent(score -> data.put("score", score));
        recognition.matches().ifPresent(matches -> data.put("matches", matches));
        data.put("images", run.images().size()).put("millis", millis);
        run.timings().millis().forEach(data.putObject("parts")::put);
        data.put("revision", recognition.revision()).put("analysis", recognition.analysis());
        origin.requestId().ifPresent(id -> data.put("request", id));
        return data;
    }

    /// Writes what waits to the outbox, batch after batch.
    @Scheduled(every = "${menso.pipeline.events.every:1s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> flush() {
        List<EventEnvelope> batch = new ArrayList<>();
        waiting.drainTo(batch, BATCH);
        if (batch.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return Panache.withTransaction(() -> append(batch, 0))
                .chain(this::flush)
                .onFailure()
                .recoverWithUni(failure -> putBack(batch, failure));
    }

    /// Before the outbox's relay stops, so that it may still send them.
    void stop(@Observes @Priority(Interceptor.Priority.APPLICATION) ShutdownEvent event) {
        try {
            VertxContextSupport.subscribeAndAwait(
                    () -> flush().ifNoItem().after(FAREWELL).fail());
        } catch (Throwable e) {
            LOG.warnf("recognition events are lost: count=%d reason=%s", waiting.size(), e.toString());
        }
    }

    private Uni<Void> append(List<EventEnvelope> batch, int index) {
        if (index == batch.size()) {
            return Uni.createFrom().voidItem();
        }
        EventEnvelope event = batch.get(index);
        return outbox.append(TOPIC, event.tenant().id() + "/" + event.id(), event)
                .chain(() -> append(batch, index + 1));
    }

    /// To the head of the queue: what is dropped when it is full is the newest.
    private Uni<Void> putBack(List<EventEnvelope> batch, Throwable failure) {
        LOG.warnf("recognition events wait: count=%d reason=%s", batch.size(), failure.toString());
        batch.reversed().stream().filter(event -> !waiting.offerFirst(event)).forEach(_ -> dropped.increment());
        return Uni.createFrom().voidItem();
    }
}
