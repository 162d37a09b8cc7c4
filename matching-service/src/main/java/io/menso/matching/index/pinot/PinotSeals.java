package io.menso.matching.index.pinot;

import io.menso.commons.web.Tenant;
import io.menso.matching.index.IndexConfig;
import io.menso.matching.index.IndexConfig.Engine;
import io.menso.matching.index.Space;
import io.menso.pinot.PinotKey;
import io.menso.pinot.TemplateId;
import io.menso.pinot.TemplateSeal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Seals vectors for Pinot; without Pinot there is nothing to seal.
@ApplicationScoped
public class PinotSeals {

    private final @Nullable TemplateSeal seal;

    /// @throws io.menso.pinot.SealException when Pinot is chosen and the key cannot be used
    @Inject
    public PinotSeals(IndexConfig index, PinotConfig pinot) {
        this.seal = index.engine() == Engine.PINOT
                ? new TemplateSeal(PinotKey.ofFile(pinot.keyFile()
                        .orElseThrow(() -> new IllegalStateException(
                                "menso.matching.index=pinot needs menso.matching.pinot.key-file"))))
                : null;
    }

    /// Whether Pinot is in use.
    public boolean isUsed() {
        return seal != null;
    }

    /// A row's vector, bound to the row, in Base64.
    ///
    /// @param version of the face
    public String seal(Space space, UUID user, long version, float[] vector) {
        TemplateId id = new TemplateId(space.tenant().id(), user.toString(), space.revision(), version);
        return Base64.getEncoder().encodeToString(used().seal(id, vector));
    }

    /// What is looked for, in Base64; opens for the same tenant alone.
    String sealQuery(Tenant tenant, float[] query) {
        return Base64.getEncoder().encodeToString(used().sealQuery(tenant.id(), query));
    }

    private TemplateSeal used() {
        if (seal == null) {
            throw new IllegalStateException("Pinot is not in use");
        }
        return seal;
    }
}
