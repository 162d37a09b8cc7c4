package io.menso.inference.analysis;

import io.menso.inference.align.Resampler;
import io.menso.inference.align.Similarity;
import io.menso.inference.analysis.Timings.Stage;
import io.menso.inference.attributes.Attributes;
import io.menso.inference.batch.BatchConfig;
import io.menso.inference.batch.FramePool;
import io.menso.inference.batch.Futures;
import io.menso.inference.detect.Face;
import io.menso.inference.detect.Point;
import io.menso.inference.embedding.Template;
import io.menso.inference.image.ImageDecoder;
import io.menso.inference.image.Picture;
import io.menso.inference.image.Pixels;
import io.menso.inference.quality.Quality;
import io.menso.inference.quality.QualityScorer;
import io.menso.inference.upload.UploadedImage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/// Decodes each frame once and lets the stages work on it. Frames are worked on side by side; pictures are let go
/// as soon as the crops are made, while the networks still run.
@ApplicationScoped
public class FrameAnalyser {

    private static final int ALIGNED_SIDE = 112;

    private final ImageDecoder decoder;
    private final FramePool pool;
    private final Duration patience;

    @Inject
    public FrameAnalyser(ImageDecoder decoder, FramePool pool, BatchConfig config) {
        this.decoder = decoder;
        this.pool = pool;
        this.patience = config.timeout();
    }

    /// What a frame thread leaves behind: facts, and answers of networks that are still to come.
    private record Pending(
            FrameResult facts,
            Optional<CompletableFuture<Double>> chance,
            Optional<CompletableFuture<Double>> liveness,
            Optional<CompletableFuture<Template>> face,
            Optional<CompletableFuture<Attributes>> attributes,
            Optional<CompletableFuture<List<Point>>> landmarks) {

        /// A frame without a face.
        static Pending of(FrameResult facts) {
            return new Pending(
                    facts, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        }

        FrameResult complete(Duration patience) {
            return new FrameResult(
                    facts.filename(),
                    facts.width(),
                    facts.height(),
                    facts.faces(),
                    chance.map(future -> Futures.await(future, patience))
                            .flatMap(score -> facts.quality().map(quality -> quality.withScore(score)))
                            .or(facts::quality),
                    liveness.map(future -> Futures.await(future, patience)),
                    face.map(future -> Futures.await(future, patience)),
                    attributes.map(future -> Futures.await(future, patience)),
                    landmarks.map(future -> Futures.await(future, patience)));
        }
    }

    /// Analyses all frames and blocks until it is done.
    ///
    /// @param threshold smallest score of a face
    /// @return one result per image, in order
    /// @throws io.menso.commons.web.ApiException the refusal of the first image that cannot be used, or 503
    public List<FrameResult> analyse(List<UploadedImage> images, Stages stages, double threshold, Timings timings) {
        List<Future<Pending>> frames = new ArrayList<>(images.size());
        try {
            for (UploadedImage image : images) {
                long queued = System.nanoTime();
                frames.add(pool.submit(() -> {
                    timings.add(Stage.QUEUE, System.nanoTime() - queued);
                    return frame(image, stages, threshold, timings);
                }));
            }
            List<Pending> pending =
                    frames.stream().map(frame -> Futures.await(frame, patience)).toList();
            return pending.stream().map(frame -> frame.complete(patience)).toList();
        } finally {
            frames.forEach(frame -> frame.cancel(true));
        }
    }

    private Pending frame(UploadedImage image, Stages stages, double threshold, Timings timings) {
        long start = System.nanoTime();
        return decoder.decode(image.content(), image.contentType(), picture -> {
            timings.add(Stage.DECODE, System.nanoTime() - start);
            return work(image.filename(), picture, stages, threshold, timings);
        });
    }

    private static Pending work(String filename, Picture picture, Stages stages, double threshold, Timings timings) {
        List<Face> faces = stages.detector().detect(picture, threshold, timings);
        if (faces.isEmpty()) {
            return Pending.of(facts(filename, picture, faces, Optional.empty()));
        }
        Face best = faces.getFirst();
        Pixels aligned = timings.measure(Stage.PREPARE, () -> align(picture, best));
        Quality quality = timings.measure(Stage.PREPARE, () -> QualityScorer.measure(aligned, best));
        return new Pending(
                facts(filename, picture, faces, Optional.of(quality)),
                stages.quality().map(network -> network.score(aligned, timings)),
                stages.liveness().map(scorer -> scorer.score(picture, best, timings)),
                stages.embedder().map(embedder -> embedder.embed(aligned, timings)),
                stages.attributes().map(view -> view.estimate(picture, best, timings)),
                stages.landmarks().map(finder -> finder.find(picture, best, timings)));
    }

    private static FrameResult facts(String filename, Picture picture, List<Face> faces, Optional<Quality> quality) {
        return new FrameResult(
                filename, picture.width(), picture.height(), faces, quality, Optional.empty(), Optional.empty());
    }

    private static Pixels align(Picture picture, Face face) {
        Face kept = face.times(1 / picture.step());
        Similarity toCrop = Similarity.between(kept.landmarks(), Similarity.ARCFACE_112);
        return Resampler.warp(picture.pixels(), toCrop.inverse(), ALIGNED_SIDE);
    }
}
