package io.menso.matching.enrolment;

import io.menso.commons.web.ApiException;
import io.menso.commons.web.Tenant;
import io.menso.matching.face.Embedding;
import io.menso.matching.face.FaceService;
import io.menso.matching.face.FaceTimes;
import io.menso.matching.membership.GalleryCheck;
import io.menso.matching.membership.Requester;
import io.menso.matching.remote.EncodedEmbedding;
import io.menso.matching.remote.IdentityClient;
import io.menso.matching.remote.InferenceClient;
import io.menso.matching.search.Calibrations;
import io.menso.matching.search.EmbeddingDecoder;
import io.menso.matching.search.UserIds;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/// Gives users their faces: a back-end by images, a pipeline by an embedding that it has checked.
@ApplicationScoped
public class EnrolmentService {

    private final FaceService faces;
    private final GalleryCheck galleries;
    private final IdentityClient identity;
    private final InferenceClient inference;
    private final Calibrations calibrations;
    private final Semaphore uploads;

    @Inject
    public EnrolmentService(
            FaceService faces,
            GalleryCheck galleries,
            IdentityClient identity,
            InferenceClient inference,
            Calibrations calibrations,
            EnrolmentConfig config) {
        this.faces = faces;
        this.galleries = galleries;
        this.identity = identity;
        this.inference = inference;
        this.calibrations = calibrations;
        this.uploads = new Semaphore(config.concurrent());
    }

    /// Registers the face that the images show (D7 to D10).
    ///
    /// @throws ApiException 404 for an unknown user, 503 when too many uploads run, and what inference-service
    ///             says
    Uni<FaceTimes> register(Tenant tenant, UUID user, IncomingImages images) {
        if (!uploads.tryAcquire()) {
            throw ApiException.unavailable("Too many uploads at this moment");
        }
        return requireUser(user)
                .chain(() -> embed(images))
                .chain(embedding -> faces.put(tenant, user, embedding))
                .onTermination()
                .invoke(() -> uploads.release());
    }

    /// Enrolls an embedding.
    ///
    /// @throws ApiException 400 for a bad one, 404 when the user may not be enrolled
    Uni<FaceTimes> enroll(Requester requester, EnrollRequest request) {
        UUID user = UserIds.parse(request.userId());
        Embedding embedding = EmbeddingDecoder.decode(request.embedding());
        return requireEnrollable(requester, user)
                .chain(() -> calibrations.of(embedding.revision()))
                .invoke(calibration -> calibration.requireDimension(embedding.vector()))
                .chain(() -> faces.put(requester.tenant(), user, embedding));
    }

    /// A device enrolls who holds an unexpired token in its gallery (H2), a back-end every user.
    ///
    /// @throws ApiException 404 otherwise
    public Uni<Void> requireEnrollable(Requester requester, UUID user) {
        return galleries.appliesTo(requester) ? galleries.requireUnexpired(requester, user) : requireUser(user);
    }

    private Uni<Void> requireUser(UUID user) {
        return identity.exists(user)
                .invoke(exists -> {
                    if (!exists) {
                        throw ApiException.notFound("User");
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Embedding> embed(IncomingImages images) {
        return inference
                .register(images.open())
                .onFailure()
                .transform(
                        failure -> images.refusal().<Throwable>map(own -> own).orElse(failure))
                .map(EnrolmentService::decode);
    }

    /// What our own model made must be usable; if not, it is not the caller's fault.
    private static Embedding decode(EncodedEmbedding encoded) {
        try {
            return EmbeddingDecoder.decode(encoded);
        } catch (ApiException e) {
            throw ApiException.unavailable("The model's answer cannot be used");
        }
    }
}
