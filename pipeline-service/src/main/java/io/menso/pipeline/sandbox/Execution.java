package io.menso.pipeline.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.menso.commons.web.ApiException;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// One run of a script: a fresh guest, fed with events one after the other by whichever worker has time.
///
/// Between events, while calls are on their way, no thread belongs to it.
final class Execution implements Guest.Host {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NOTHING = "0";

    /// Something to tell the script.
    private record Event(String kind, long id, String text) {}

    private final Job job;
    private final int resultLimit;
    private final Slices slices;
    private final CompletableFuture<String> outcome = new CompletableFuture<>();
    private final ArrayDeque<Event> events = new ArrayDeque<>();
    private final Map<Long, ApiException> failures = new HashMap<>();
    private volatile @Nullable Guest guest;
    private @Nullable Event current;
    private @Nullable Runnable ending;
    private volatile String lastCall = "";
    private int pending;
    private boolean announced;
    private boolean scheduled;

    /// @param firstEvent `start` to run the script, `check` to learn what function it is
    Execution(Job job, String firstEvent, int resultLimit, Slices slices) {
        this.job = job;
        this.resultLimit = resultLimit;
        this.slices = slices;
        events.add(new Event(firstEvent, 0, ""));
    }

    Job job() {
        return job;
    }

    /// The result as JSON, an `ApiException` that a call produced, or a [ScriptFault].
    CompletableFuture<String> outcome() {
        return outcome;
    }

    Optional<Guest> guest() {
        return Optional.ofNullable(guest);
    }

    void attach(Guest fresh) {
        guest = fresh;
    }

    /// Lets go of the memory.
    void detach() {
        guest = null;
    }

    synchronized void start() {
        scheduled = true;
        slices.schedule(this);
    }

    /// Ends it from outside; what is still on its way is ignored.
    void fail(RuntimeException reason) {
        outcome.completeExceptionally(reason);
    }

    ScriptFault fault(String problem) {
        return new ScriptFault(job.script().position(lastCall), problem);
    }

    /// A fault of a script that was stopped while it ran: nobody knows where, most likely in a loop.
    ScriptFault stopped(String problem) {
        return new ScriptFault(job.script().loopPosition(lastCall), problem);
    }

    /// A fault of a script that ran out of stack.
    ScriptFault tooDeep() {
        return new ScriptFault(job.script().recursionPosition(lastCall), "recursion too deep");
    }

    /// A fault of a script that took too long: running, or waiting for its last call.
    ScriptFault late(String problem) {
        boolean runs;
        synchronized (this) {
            runs = scheduled;
        }
        return runs ? stopped(problem) : fault(problem);
    }

    /// Whether there is an event to feed now; otherwise the execution is over, or parked until a call is answered.
    boolean takeEvent() {
        if (ending != null) {
            ending.run();
        }
        boolean stuck;
        synchronized (this) {
            current = outcome.isDone() ? null : events.poll();
            announced = false;
            scheduled = current != null;
            stuck = !scheduled && pending == 0;
        }
        if (stuck && !outcome.isDone()) {
            fail(fault("the function waits for something that never happens"));
        }
        return current != null;
    }

    private synchronized void post(Event event) {
        pending--;
        events.add(event);
        if (!scheduled) {
            start();
        }
    }

    @Override
    public String answer(String function, String argument) {
        return switch (function) {
            case "event" -> announce();
            case "id" -> current == null ? NOTHING : Long.toString(current.id());
            case "text" -> takeText();
            case "seed" -> Integer.toString(RANDOM.nextInt());
            case "resultLimit" -> Integer.toString(resultLimit);
            case "images" -> job.images();
            case "params" -> job.params();
            case "source" -> job.script().evaluated();
            default -> tell(function, argument);
        };
    }

    /// Tells the kind of the event once: a script that calls the entrance itself learns nothing.
    private String announce() {
        Event event = announced ? null : current;
        announced = true;
        return event == null ? NOTHING : event.kind();
    }

    private String takeText() {
        Event event = current;
        current = null;
        return event == null ? NOTHING : event.text();
    }

    private String tell(String function, String argument) {
        switch (function) {
            case "call" -> call(array(argument));
            case "done" -> end(() -> done(argument));
            case "refused" -> end(() -> refused(Long.parseLong(argument)));
            case "noFunction" -> end(() -> fail(fault("not an async function")));
            case "fault" -> end(() -> fault(array(argument)));
            default -> throw new IllegalStateException("unknown host function");
        }
        return NOTHING;
    }

    /// Remembers how it ended; told after the slice, because a limit that breaks in the meantime counts more.
    private void end(Runnable how) {
        if (ending == null) {
            ending = how;
        }
    }

    private void done(String json) {
        if (json.length() > resultLimit || json.getBytes(UTF_8).length > resultLimit) {
            fail(fault("the result is larger than " + resultLimit + " bytes"));
        } else {
            outcome.complete(json);
        }
    }

    private void refused(long id) {
        ApiException failure;
        synchronized (this) {
            failure = failures.get(id);
        }
        fail(failure == null ? fault("unknown failure") : failure);
    }

    private void fault(JsonNode error) {
        String name = error.get(0).asText();
        String message = error.get(1).asText();
        String stack = error.get(2).asText();
        if ("null".equals(name) || message.equals("out of memory")) {
            fail(
                    stack.isEmpty()
                            ? stopped("out of memory")
                            : new ScriptFault(job.script().position(stack), "out of memory"));
            return;
        }
        String position = job.script().faultPosition(stack, name, message);
        fail(new ScriptFault(position, name + ": " + message));
    }

    private void call(JsonNode call) {
        long id = call.get(0).asLong();
        lastCall = call.get(6).asText();
        synchronized (this) {
            pending++;
        }
        Job.Call made = new Job.Call(
                call.get(1).asText(),
                call.get(2).asText(),
                call.get(3).asText(),
                call.get(4).asText(),
                call.get(5).asText());
        CompletionStage<String> answer = job.budget().takeCall()
                ? job.calls().call(made)
                : CompletableFuture.failedFuture(fault("The pipeline made too many calls"));
        answer.whenComplete((json, failure) -> settle(id, json, failure));
    }

    private void settle(long id, @Nullable String json, @Nullable Throwable failure) {
        if (failure == null) {
            post(new Event("ok", id, json == null ? "null" : json));
            return;
        }
        ApiException refusal = Failures.asApi(failure);
        synchronized (this) {
            failures.put(id, refusal);
        }
        String text = JSON.createObjectNode()
                .put("status", refusal.status())
                .put("error", refusal.error())
                .put("reason", refusal.body().reason())
                .toString();
        post(new Event("refused", id, text));
    }

    private static JsonNode array(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the boot script and the host disagree", e);
        }
    }
}
