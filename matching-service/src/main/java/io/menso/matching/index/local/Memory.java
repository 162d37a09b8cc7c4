package io.menso.matching.index.local;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Memory outside the heap, in huge pages where the system has them: rows that are looked up here and there then cost a
/// miss of the cache alone, not one of the page table as well.
final class Memory {

    private static final Logger LOG = Logger.getLogger(Memory.class);
    private static final long HUGE_PAGE = 2 << 20;
    private static final Optional<Linux> LINUX = linux();

    private Memory() {}

    /// Zeros, freed once nothing refers to them.
    static MemorySegment allocate(long bytes) {
        if (bytes < HUGE_PAGE || LINUX.isEmpty()) {
            return Arena.ofAuto().allocate(bytes, Layout.BLOCK);
        }
        return LINUX.get().map(bytes);
    }

    private static Optional<Linux> linux() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Linux(Linker.nativeLinker()));
        } catch (IllegalCallerException e) {
            LOG.info("no huge pages: start the JVM with --enable-native-access=ALL-UNNAMED");
            return Optional.empty();
        }
    }

    /// What the JDK has no call for. Its own allocation would touch the pages before they can become huge.
    private static final class Linux {

        private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
        private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
        private static final int READ_WRITE = 3;
        private static final int PRIVATE_ANONYMOUS = 0x22;
        private static final int HUGE = 14;
        private static final long FAILED = -1;

        private final MethodHandle mmap;
        private final MethodHandle munmap;
        private final MethodHandle madvise;

        Linux(Linker linker) {
            this.mmap = find(linker, "mmap", FunctionDescriptor.of(LONG, LONG, LONG, INT, INT, INT, LONG));
            this.munmap = find(linker, "munmap", FunctionDescriptor.of(INT, LONG, LONG));
            this.madvise = find(linker, "madvise", FunctionDescriptor.of(INT, LONG, LONG, INT));
        }

        private static MethodHandle find(Linker linker, String name, FunctionDescriptor signature) {
            return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), signature);
        }

        /// Reserves a huge page more than needed, so that the beginning can be at the border of one.
        MemorySegment map(long bytes) {
            long reserved = bytes + HUGE_PAGE;
            try {
                long address = (long) mmap.invokeExact(0L, reserved, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0L);
                if (address == FAILED) {
                    throw new OutOfMemoryError("no " + bytes + " bytes outside the heap");
                }
                long start = (address + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
                int _ = (int) madvise.invokeExact(start, bytes, HUGE);
                return MemorySegment.ofAddress(start).reinterpret(bytes, Arena.ofAuto(), _ -> unmap(address, reserved));
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }

        private void unmap(long address, long bytes) {
            try {
                int _ = (int) munmap.invokeExact(address, bytes);
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
