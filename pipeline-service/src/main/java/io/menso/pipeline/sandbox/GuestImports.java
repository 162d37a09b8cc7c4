package io.menso.pipeline.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import run.endive.runtime.HostFunction;
import run.endive.runtime.ImportFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.FunctionImport;

/// What the module may import: the time, an empty environment, the host's answers. No file, no argument, no exit.
final class GuestImports {

    private static final long[] SUCCESS = {0};
    private static final long[] BAD_DESCRIPTOR = {8};
    private static final int SEED = 0x5eed;

    private final WasmModule module;
    private final Guest.Host host;

    GuestImports(WasmModule module, Guest.Host host) {
        this.module = module;
        this.host = host;
    }

    ImportValues values() {
        List<ImportFunction> functions = new ArrayList<>();
        for (int i = 0; i < module.importSection().importCount(); i++) {
            FunctionImport wanted = (FunctionImport) module.importSection().getImport(i);
            functions.add(new HostFunction(
                    wanted.module(),
                    wanted.name(),
                    module.typeSection().getType(wanted.typeIndex()),
                    (instance, arguments) -> call(wanted.name(), instance, arguments)));
        }
        return ImportValues.builder().withFunctions(functions).build();
    }

    private long[] call(String name, Instance instance, long[] arguments) {
        Memory memory = instance.memory();
        return switch (name) {
            case "invoke" -> new long[] {invoke(instance, memory, arguments)};
            case "clock_time_get" -> {
                memory.writeLong((int) arguments[2], System.currentTimeMillis() * 1_000_000);
                yield SUCCESS;
            }
            case "random_get" -> {
                // Keys of hash maps in the image; Math.random is seeded for each execution.
                memory.fill((byte) SEED, (int) arguments[0], (int) (arguments[0] + arguments[1]));
                yield SUCCESS;
            }
            case "environ_sizes_get" -> {
                memory.writeI32((int) arguments[0], 0);
                memory.writeI32((int) arguments[1], 0);
                yield SUCCESS;
            }
            case "environ_get" -> SUCCESS;
            case "fd_write" -> discard(memory, arguments);
            case "proc_exit" -> throw new IllegalStateException("the runtime gave up");
            default -> BAD_DESCRIPTOR;
        };
    }

    /// `java_invoke(module, function, argument)`: six numbers in, the address of an address and a length out.
    private int invoke(Instance instance, Memory memory, long[] arguments) {
        String function = text(memory, arguments[2], arguments[3]);
        String argument = text(memory, arguments[4], arguments[5]);
        byte[] answer = host.answer(function, argument).getBytes(UTF_8);
        int at = Guest.allocate(memory, instance.export("cabi_realloc"), answer.length);
        memory.write(at, answer);
        int wide = Guest.allocate(memory, instance.export("cabi_realloc"), 8);
        memory.writeI32(wide, at);
        memory.writeI32(wide + 4, answer.length);
        return wide;
    }

    private static long[] discard(Memory memory, long[] arguments) {
        int total = 0;
        for (int i = 0; i < (int) arguments[2]; i++) {
            total += memory.readInt((int) arguments[1] + 8 * i + 4);
        }
        memory.writeI32((int) arguments[3], total);
        return SUCCESS;
    }

    private static String text(Memory memory, long address, long length) {
        return new String(memory.readBytes((int) address, (int) length), UTF_8);
    }
}
