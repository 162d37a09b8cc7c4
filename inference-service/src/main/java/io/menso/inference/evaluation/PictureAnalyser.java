package io.menso.inference.evaluation;

import io.menso.commons.web.ApiException;
import io.menso.inference.align.Resampler;
import io.menso.inference.align.Similarity;
import io.menso.inference.analysis.FrameAnalyser;
import io.menso.inference.analysis.Stages;
import io.menso.inference.analysis.Timings;
import io.menso.inference.batch.Futures;
import io.menso.inference.detect.Box;
import io.menso.inference.detect.Face;
import io.menso.inference.embedding.Embedder;
import io.menso.inference.embedding.Template;
import io.menso.inference.evaluation.AnalysedPicture.Findings;
import io.menso.inference.image.ImageConfig;
import io.menso.inference.image.ImageDecoder;
import io.menso.inference.image.Picture;
import io.menso.inference.image.Pixels;
import io.menso.inference.quality.QualityNetwork;
import io.menso.inference.quality.QualityScorer;
import io.menso.inference.upload.UploadedImage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Takes picture files through the stages that serve requests.
@ApplicationScoped
class PictureAnalyser {

    private static final int UNAVAILABLE = 503;
    private static final int TRIES = 20;
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final FrameAnalyser analyser;
    private final ImageDecoder decoder;
    private final ImageConfig config;

    @Inject
    PictureAnalyser(FrameAnalyser analyser, ImageDecoder decoder, ImageConfig config) {
        this.analyser = analyser;
        this.decoder = decoder;
        this.config = config;
    }

    /// Finds the faces of a picture and asks all stages about the largest, as `face_analysis` does.
    AnalysedPicture full(Path path, Stages stages, Timings timings) {
        double threshold = stages.detector().defaultThreshold();
        return read(
                path,
                image -> Findings.of(analyser.analyse(List.of(image), stages, threshold, timings)
                        .getFirst()));
    }

    /// Takes the whole picture for an aligned face.
    AnalysedPicture aligned(Path path, Embedder embedder, Optional<QualityNetwork> quality, Timings timings) {
        return read(
                path,
                image -> decoder.decode(image.content(), image.contentType(), picture -> {
                    Pixels face = square(picture);
                    Template template = Futures.await(embedder.embed(face, timings), PATIENCE);
                    Optional<Double> chance =
                            quality.map(network -> Futures.await(network.score(face, timings), PATIENCE));
                    return alignedFace(picture, face, chance, template);
                }));
    }

    private static Findings alignedFace(Picture picture, Pixels aligned, Optional<Double> chance, Template template) {
        Face face = new Face(1, new Box(0, 0, Embedder.SIDE, Embedder.SIDE), Similarity.ARCFACE_112);
        return new Findings(
                picture.width(),
                picture.height(),
                List.of(face),
                chance.orElseGet(() -> QualityScorer.measure(aligned, face).score()),
                Optional.empty(),
                Optional.of(template));
    }

    private static Pixels square(Picture picture) {
        Pixels pixels = picture.pixels();
        if (pixels.width() != pixels.height()) {
            throw ApiException.badContent(
                    "An aligned face is square, this is " + picture.width() + " x " + picture.height());
        }
        return pixels.width() > Embedder.SIDE
                ? Resampler.shrink(pixels, Embedder.SIDE, Embedder.SIDE)
                : Resampler.crop(pixels, 0, 0, pixels.width(), pixels.height(), Embedder.SIDE);
    }

    private AnalysedPicture read(Path path, Function<UploadedImage, Findings> work) {
        try {
            if (Files.size(path) > config.maxBytes()) {
                return AnalysedPicture.unreadable(path, "it is larger than " + config.maxBytes() + " bytes");
            }
            UploadedImage image = new UploadedImage(path.toFile().getName(), "", Files.readAllBytes(path));
            return AnalysedPicture.of(path, untilThereIsRoom(image, work));
        } catch (IOException e) {
            return AnalysedPicture.unreadable(path, "it cannot be read");
        } catch (ApiException e) {
            if (e.status() >= UNAVAILABLE) {
                throw e;
            }
            return AnalysedPicture.unreadable(path, String.valueOf(e.getMessage()));
        }
    }

    /// Memory for large pictures is shared by all threads and comes free when others are done.
    private static Findings untilThereIsRoom(UploadedImage image, Function<UploadedImage, Findings> work) {
        for (int i = 1; i < TRIES; i++) {
            try {
                return work.apply(image);
            } catch (ApiException e) {
                if (e.status() != UNAVAILABLE) {
                    throw e;
                }
            }
        }
        return work.apply(image);
    }
}
