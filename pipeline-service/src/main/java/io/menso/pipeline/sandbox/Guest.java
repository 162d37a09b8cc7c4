package io.menso.pipeline.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.roastedroot.quickjs4j.core.JavyPluginModule;
import run.endive.runtime.ByteArrayMemory;
import run.endive.runtime.ExportFunction;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.MemoryLimits;

/// One QuickJS runtime: a WebAssembly instance with a memory of its own. Not safe for use by two threads at once.
///
/// The module is compiled to byte code ahead of time; its loops and calls notice an interrupt of the thread. After
/// any exception the instance is in an unknown state and must be thrown away.
final class Guest {

    /// Answers what the code inside asks for; the only way out of it.
    @FunctionalInterface
    interface Host {
        /// @param function name as `boot.js` has it
        /// @param argument text, empty for a question without one
        /// @return the answer; never `null`
        String answer(String function, String argument);
    }

    static final int PAGE = 65_536;

    private final Instance instance;
    private final Memory memory;
    private final ExportFunction reallocate;
    private final ExportFunction evaluate;

    /// @param maxPages largest memory in pages of 64 KiB
    Guest(WasmModule module, int maxPages, Host host) {
        instance = Instance.builder(module)
                .withMachineFactory(JavyPluginModule::create)
                .withMemoryFactory(limits -> new ByteArrayMemory(new MemoryLimits(limits.initialPages(), maxPages)))
                .withStart(false)
                .withImportValues(new GuestImports(module, host).values())
                .build();
        memory = instance.memory();
        reallocate = instance.export("cabi_realloc");
        evaluate = instance.export("eval");
    }

    /// Puts the memory of a booted runtime into this new one.
    void restore(byte[] image) {
        int missing = image.length / PAGE - memory.pages();
        if (missing > 0) {
            memory.grow(missing);
        }
        memory.write(0, image, 0, image.length);
    }

    /// Starts QuickJS; only for the one instance from which the image is taken.
    void initialize() {
        instance.export("initialize_runtime").apply();
    }

    /// Compiles a module to QuickJS byte code, which stays in the memory.
    Code compile(String source) {
        byte[] bytes = source.getBytes(UTF_8);
        int at = allocate(memory, reallocate, bytes.length);
        memory.write(at, bytes);
        int wide = (int) instance.export("compileSrc").apply(at, bytes.length)[0];
        return new Code(memory.readInt(wide), memory.readInt(wide + 4));
    }

    /// Evaluates compiled code and then every job that is due.
    void evaluate(Code code) {
        evaluate.apply(code.address(), code.length(), 0, 0);
    }

    byte[] image() {
        return memory.readBytes(0, memory.pages() * PAGE);
    }

    int pages() {
        return memory.pages();
    }

    static int allocate(Memory memory, ExportFunction reallocate, int length) {
        return (int) reallocate.apply(0, 0, 1, Math.max(1, length))[0];
    }

    /// Where compiled code lies in the memory.
    record Code(int address, int length) {}
}
