package io.menso.commons.web;

/// Body of every error response: a stable identifier and a sentence for people.
///
/// @param error  identifier from the API's list, for example `BAD_RESOURCE`
/// @param reason human readable explanation; never holds internal detail
public record ApiError(String error, String reason) {}
