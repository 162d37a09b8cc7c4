package io.menso.device.secret;

/// A tenant has one data key.
record DataKeyId(String customer, String environment) {}
