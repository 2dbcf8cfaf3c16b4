package io.inferencemetrics.nvml.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** NVML without a driver: answers what it was told, and that it does not support the rest. For any number of threads. */
final class FakeNvml implements Nvml {
    static final long FIRST = 0x1000;
    static final long SECOND = 0x2000;

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<NvmlFunction, Integer> everywhere = new ConcurrentHashMap<>();

    private final Map<NvmlFunction, Integer> calls = new ConcurrentHashMap<>();

    private record Answer(int status, Consumer<ByteBuffer> out) {}

    /** One device with a name, a UUID and a place. */
    static FakeNvml withOneDevice() {
        return new FakeNvml()
                .device(0, FIRST, "GPU-aaaa", "NVIDIA H100 80GB HBM3")
                .count(1);
    }

    FakeNvml() {
        fails(NvmlFunction.INIT, 0);
        fails(NvmlFunction.SHUTDOWN, 0);
        text(NvmlFunction.DRIVER_VERSION, 96, "570.86.15");
        number(NvmlFunction.CUDA_VERSION, 0, 0, 12080);
    }

    FakeNvml count(int count) {
        return number(NvmlFunction.COUNT, 0, 0, count);
    }

    FakeNvml device(int index, long handle, String uuid, String name) {
        on(NvmlFunction.HANDLE, index, 0, 0, out -> out.putLong(0, handle));
        text(NvmlFunction.UUID, handle, uuid);
        text(NvmlFunction.NAME, handle, name);
        on(NvmlFunction.PCI_INFO, handle, 0, 0, out -> put(out, 36, "00000000:0" + index + ":00.0"));
        number(NvmlFunction.ARCHITECTURE, handle, 0, 9);
        return this;
    }

    FakeNvml withASecondDevice() {
        return device(1, SECOND, "GPU-bbbb", "NVIDIA H100 80GB HBM3").count(2);
    }

    /** A part of the first device, with some memory in use by one process. */
    FakeNvml part(int index, long handle, String uuid, String name, int gpuInstance, long used) {
        on(NvmlFunction.MIG_HANDLE, FIRST, index, 0, out -> out.putLong(0, handle));
        text(NvmlFunction.UUID, handle, uuid).text(NvmlFunction.NAME, handle, name);
        number(NvmlFunction.GPU_INSTANCE_ID, handle, 0, gpuInstance);
        number(NvmlFunction.COMPUTE_INSTANCE_ID, handle, 0, 0);
        on(NvmlFunction.MEMORY_V2, handle, 0, 0, out -> out.putLong(32, used));
        return on(NvmlFunction.COMPUTE_PROCESSES, handle, 0, 0, out -> process(out, gpuInstance));
    }

    private static void process(ByteBuffer out, int gpuInstance) {
        out.putInt(0, 1).putInt(8, 99).putInt(12, 0).putLong(16, 5);
        out.putInt(24, gpuInstance).putInt(28, gpuInstance < 0 ? -1 : 0);
    }

    FakeNvml on(NvmlFunction function, long a, long b, int status, Consumer<ByteBuffer> out) {
        answers.put(function + " " + a + " " + b, new Answer(status, out));
        return this;
    }

    FakeNvml number(NvmlFunction function, long a, long b, int value) {
        return on(function, a, b, 0, out -> out.putInt(0, value));
    }

    FakeNvml big(NvmlFunction function, long a, long value) {
        return on(function, a, 0, 0, out -> out.putLong(0, value));
    }

    FakeNvml text(NvmlFunction function, long a, String value) {
        answers.put(function + " " + a, new Answer(0, out -> put(out, 0, value)));
        return this;
    }

    /** Every call of a function ends so. */
    FakeNvml fails(NvmlFunction function, int status) {
        everywhere.put(function, status);
        return this;
    }

    FakeNvml works(NvmlFunction function) {
        everywhere.remove(function);
        return this;
    }

    /** How often a function was called. */
    int called(NvmlFunction function) {
        return calls.getOrDefault(function, 0);
    }

    static void put(ByteBuffer out, int at, String text) {
        byte[] bytes = (text + "\0").getBytes(StandardCharsets.UTF_8);
        out.put(at, bytes);
    }

    @Override
    public int call(NvmlFunction function, long a, long b, long c, ByteBuffer out) {
        calls.merge(function, 1, Integer::sum);
        Integer all = everywhere.get(function);
        if (all != null) {
            return all;
        }
        Answer exact = answers.get(function + " " + a + " " + b);
        Answer answer = exact != null ? exact : answers.get(function + " " + a);
        if (answer == null) {
            return Status.NOT_SUPPORTED;
        }
        answer.out().accept(out);
        return answer.status();
    }
}
