package io.menso.matching.index.local;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.jboss.logging.Logger;

/// Chooses the fastest kernel that this JVM can run.
final class Kernels {

    private static final Logger LOG = Logger.getLogger(Kernels.class);
    private static final String OPTIMISING = "4";

    private Kernels() {}

    /// SIMD with `--add-modules jdk.incubator.vector` and the optimising compiler; otherwise plain Java.
    /// Without that compiler each vector operation allocates and is a hundred times slower than plain Java.
    static Kernel best() {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            LOG.warn("search runs without SIMD: start the JVM with --add-modules jdk.incubator.vector");
            return new ScalarKernel();
        }
        if (!optimises()) {
            LOG.warn("search runs without SIMD: the JVM runs with TieredStopAtLevel below 4");
            return new ScalarKernel();
        }
        return new VectorKernel();
    }

    private static boolean optimises() {
        HotSpotDiagnosticMXBean vm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        return vm != null && vm.getVMOption("TieredStopAtLevel").getValue().equals(OPTIMISING);
    }
}
