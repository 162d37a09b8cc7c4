package io.menso.matching.index;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Chooses the index.
class IndexProducer {

    @Produces
    @Singleton
    VectorIndex index(MeterRegistry metrics) {
        VectorIndex index = LocalIndex.create();
        Gauge.builder("menso.index.entries", index, VectorIndex::size).register(metrics);
        return index;
    }
}
