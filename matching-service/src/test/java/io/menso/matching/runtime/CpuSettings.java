package io.menso.matching.runtime;

/// Settings as a test wants them.
record CpuSettings(int threads, int queue, int tenantQueue) implements CpuConfig {}
