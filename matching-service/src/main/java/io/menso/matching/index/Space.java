package io.menso.matching.index;

import io.menso.commons.web.Tenant;

/// Vectors that can be compared: one tenant's, made by one revision of an embedding model.
///
/// @param tenant   whose faces
/// @param revision revision of the embedding
public record Space(Tenant tenant, String revision) {}
