package io.menso.local.bench;

import io.menso.local.api.ApiClient;
import io.menso.local.api.Credentials;
import io.menso.local.api.Multipart;
import io.menso.local.demo.Gallery;
import io.menso.local.demo.Pictures;
import io.menso.local.stack.LauncherException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Measures identify from a device, in a gallery of the demo's persons that exists only for the measurement.
public final class Bench {

    private static final List<Integer> CONCURRENCIES = List.of(1, 4, 16);
    private static final Duration WARM_UP = Duration.ofSeconds(5);

    private final Credentials credentials;
    private final Duration duration;
    private final Pace pace;
    private final Consumer<String> progress;

    /// @param duration  how long each concurrency is measured
    /// @param perSecond most requests a second, below the rate limit of a key
    public Bench(Credentials credentials, Duration duration, int perSecond, Consumer<String> progress) {
        this.credentials = credentials;
        this.duration = duration;
        this.pace = new Pace(perSecond);
        this.progress = progress;
    }

    public List<BenchResult> run() {
        try (Gallery gallery = new Gallery(credentials)) {
            List<Multipart.Image> frames = enrol(gallery);
            ApiClient device = gallery.addDevice("Benchmark tablet");
            progress.accept("warming up for " + WARM_UP.toSeconds() + " s");
            measure(device, frames, 4, WARM_UP);
            List<BenchResult> results = new ArrayList<>();
            for (int concurrency : CONCURRENCIES) {
                progress.accept("measuring with " + concurrency + " at a time for " + duration.toSeconds() + " s");
                results.add(measure(device, frames, concurrency, duration));
            }
            return results;
        }
    }

    /// Enrols one picture of each person; the others are what the device sees.
    private static List<Multipart.Image> enrol(Gallery gallery) {
        List<Multipart.Image> frames = new ArrayList<>();
        Pictures.byPerson().forEach((person, pictures) -> {
            String user = gallery.addUser(person);
            gallery.admit(user);
            gallery.enrol(user, pictures.subList(0, 1));
            frames.addAll(pictures.subList(1, pictures.size()));
        });
        return frames;
    }

    private BenchResult measure(ApiClient device, List<Multipart.Image> frames, int concurrency, Duration time) {
        AtomicInteger next = new AtomicInteger();
        long start = System.nanoTime();
        long end = start + time.toNanos();
        Callable<List<ApiClient.Answer>> caller = () -> {
            List<ApiClient.Answer> answers = new ArrayList<>();
            while (System.nanoTime() < end) {
                pace.await();
                Multipart.Image frame = frames.get(next.getAndIncrement() % frames.size());
                answers.add(device.post("/v3/pipelines/identify", List.of(frame)));
            }
            return answers;
        };
        List<ApiClient.Answer> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(concurrency)) {
            for (Future<List<ApiClient.Answer>> done :
                    callers.invokeAll(java.util.Collections.nCopies(concurrency, caller))) {
                answers.addAll(done.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LauncherException("interrupted", e);
        } catch (ExecutionException e) {
            throw new LauncherException("a request failed: " + e.getCause(), e);
        }
        return BenchResult.of(concurrency, answers, (System.nanoTime() - start) / 1e9);
    }
}
