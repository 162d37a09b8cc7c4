package io.menso.matching.membership;

import java.io.Serializable;
import java.util.UUID;

/// Primary key of a membership.
///
/// @param tenant `customer/environment`
/// @param token  id of the token it mirrors
public record MembershipKey(String tenant, UUID token) implements Serializable {}
