package io.menso.matching.search;

import io.menso.commons.web.ApiException;
import io.menso.matching.face.Embedding;
import io.menso.matching.face.StoredTemplate;
import io.menso.matching.face.TemplateReader;
import io.menso.matching.membership.GalleryCheck;
import io.menso.matching.membership.Requester;
import io.menso.matching.tenantkey.TemplateCipher;
import io.menso.matching.tenantkey.TenantKeys;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;

/// Compares a face with that of one user, straight from the database.
@ApplicationScoped
public class VerifyService {

    private final GalleryCheck galleries;
    private final TemplateReader templates;
    private final TenantKeys keys;
    private final Calibrations calibrations;

    @Inject
    public VerifyService(GalleryCheck galleries, TemplateReader templates, TenantKeys keys, Calibrations calibrations) {
        this.galleries = galleries;
        this.templates = templates;
        this.keys = keys;
        this.calibrations = calibrations;
    }

    /// @throws ApiException 400 for a bad request; 404 without a face, a face of this revision, or (for a
    ///                      device) a token valid now
    public Uni<VerifyResponse> verify(Requester requester, VerifyRequest request) {
        UUID user = UserIds.parse(request.userId());
        Embedding embedding = EmbeddingDecoder.decode(request.embedding());
        return findFace(requester, user)
                .map(stored -> ofRevision(stored, embedding.revision()))
                .chain(template -> keys.of(requester.tenant()).map(cipher -> cosine(cipher, template, embedding)))
                .chain(cosine -> calibrations.of(embedding.revision()).map(scores -> scores.score(cosine)))
                .map(VerifyResponse::new);
    }

    /// Whether `verify` can succeed (access check before the inference).
    ///
    /// @throws ApiException 404 as there
    public Uni<Void> requireFace(Requester requester, UUID user) {
        return findFace(requester, user).replaceWithVoid();
    }

    private Uni<List<StoredTemplate>> findFace(Requester requester, UUID user) {
        return galleries
                .requireValid(requester, user)
                .chain(() -> templates.ofUser(requester.tenant(), user))
                .invoke(stored -> {
                    if (stored.isEmpty()) {
                        throw ApiException.notFound("Face");
                    }
                });
    }

    private static StoredTemplate ofRevision(List<StoredTemplate> stored, String revision) {
        return stored.stream()
                .filter(template -> template.revision().equals(revision))
                .findFirst()
                .orElseThrow(() -> OtherRevision.refusal(
                        revision, stored.stream().map(StoredTemplate::revision).toList()));
    }

    private static double cosine(TemplateCipher cipher, StoredTemplate template, Embedding embedding) {
        float[] known = cipher.open(template.user(), template.revision(), template.sealed());
        float[] vector = embedding.vector();
        if (known.length != vector.length) {
            throw ApiException.badRequest("embedding.vector of this revision must hold " + known.length + " numbers");
        }
        double sum = 0;
        for (int i = 0; i < known.length; i++) {
            sum += (double) known[i] * vector[i];
        }
        return sum;
    }
}
