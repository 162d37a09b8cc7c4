package io.menso.matching.face;

import java.io.Serializable;
import java.util.UUID;

/// Primary key of a template.
///
/// @param tenant   `customer/environment`
/// @param userId   whose face
/// @param revision of the embedding
public record TemplateKey(String tenant, UUID userId, String revision) implements Serializable {}
