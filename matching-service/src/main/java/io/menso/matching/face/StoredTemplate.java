package io.menso.matching.face;

import io.menso.commons.web.Tenant;
import java.util.UUID;

/// A template as the database has it.
///
/// @param tenant   whose user
/// @param user     whose face
/// @param revision of the embedding
/// @param sealed   the vector under the tenant's data key
/// @param version  of the face
public record StoredTemplate(Tenant tenant, UUID user, String revision, byte[] sealed, long version) {

    @Override
    public String toString() {
        return "StoredTemplate[revision=" + revision + ", version=" + version + "]";
    }
}
