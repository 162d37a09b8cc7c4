package io.menso.matching.index.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class KernelsTest {

    private static String lastTier() {
        return ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .getVMOption("TieredStopAtLevel")
                .getValue();
    }

    @Test
    void choosesPlainJavaWithoutTheOptimisingCompiler() {
        assertThat(lastTier()).as("as the build starts most tests").isEqualTo("1");
        assertThat(Kernels.best()).isInstanceOf(ScalarKernel.class);
    }

    @Test
    @Tag("optimised")
    void choosesVectorsWithTheOptimisingCompiler() {
        assertThat(lastTier()).as("as the build starts tests of the engine").isEqualTo("4");
        assertThat(Kernels.best()).isInstanceOf(VectorKernel.class);
    }
}
