package io.menso.matching.index;

import io.menso.matching.index.local.IndexKeys;
import io.menso.matching.index.local.LocalIndex;
import io.menso.matching.index.local.LocalIndexOptions;
import io.menso.matching.index.local.Mode;
import io.menso.matching.index.pinot.PinotIndex;
import io.menso.matching.index.pinot.Recent;
import io.menso.matching.runtime.CpuPool;
import io.menso.matching.tenantkey.TenantKeys;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Chooses the index.
class IndexProducer {

    @Produces
    @Singleton
    VectorIndex index(
            IndexConfig config, TenantKeys keys, CpuPool cpu, Instance<PinotIndex> pinot, MeterRegistry metrics) {
        VectorIndex index = switch (config.engine()) {
            case LOCAL -> local(config, new TenantIndexKeys(keys), cpu.splitter());
            case PINOT -> pinot.get();
        };
        Gauge.builder("menso.index.entries", index, VectorIndex::size).register(metrics);
        return index;
    }

    /// Small, so that bounds without any risk cost nothing.
    @Produces
    @Dependent
    @Recent
    VectorIndex recent() {
        return LocalIndex.create(LocalIndexOptions.defaults().with(Mode.STRICT));
    }

    private static LocalIndex local(IndexConfig config, IndexKeys keys, Splitter splitter) {
        LocalIndexOptions options =
                LocalIndexOptions.defaults().with(config.mode()).with(splitter);
        return config.directory()
                .map(directory -> LocalIndex.open(options.with(directory), keys))
                .orElseGet(() -> LocalIndex.create(options));
    }
}
