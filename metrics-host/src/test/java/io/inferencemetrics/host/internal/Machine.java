package io.inferencemetrics.host.internal;

import io.inferencemetrics.Collectors;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Machines for tests: files of the kernel that lie among the tests' resources, and things of OSHI that say what a test wants. */
final class Machine {
    private Machine() {}

    static KernelFiles files(String name) {
        return new KernelFiles(Path.of("src/test/resources/machines", name));
    }

    /** What a program learns of a machine that has these parts. */
    static MetricsSnapshot read(Part... parts) {
        return read(new HostText(List.of(parts)));
    }

    static MetricsSnapshot read(HostText text) {
        return Collectors.forHost()
                .transport((request, sink) ->
                        CompletableFuture.completedFuture(text.get().send(request, sink)))
                .collect("http://machine:1");
    }

    static Absence why(MetricsSnapshot snapshot, Metric<?> metric) {
        return ((Reading.Absent<?>) snapshot.reading(metric)).reason();
    }

    /** One of OSHI's interfaces; a value that is a supplier is asked at each call. */
    static <T> T saying(Class<T> type, Map<String, Object> values) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object value = values.get(method.getName());
                    if (value == null) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    return value instanceof Supplier<?> supplier ? supplier.get() : value;
                }));
    }
}
