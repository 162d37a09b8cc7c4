package io.menso.pinot;

import java.nio.charset.StandardCharsets;

/// Names the one row that a sealed template belongs to; it opens in no other.
///
/// @param tenant   `customer/environment`
/// @param user     id of the user, as text
/// @param revision of the embedding that made the template
/// @param version  of the user's face
public record TemplateId(String tenant, String user, String revision, long version) {

    byte[] bytes() {
        return (tenant + "\n" + user + "\n" + revision + "\n" + version).getBytes(StandardCharsets.UTF_8);
    }
}
