package io.menso.matching.index.pinot;

import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;

/// An empty index for the vectors of the latest writes, which Pinot may not show yet.
@Qualifier
@Retention(RUNTIME)
public @interface Recent {}
