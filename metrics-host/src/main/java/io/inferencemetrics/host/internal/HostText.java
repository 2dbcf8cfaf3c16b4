package io.inferencemetrics.host.internal;

import io.inferencemetrics.prometheus.MetricType;
import io.inferencemetrics.spi.ExpositionWriter;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that the machine says, as text. Used by one thread. */
final class HostText implements Supplier<ExpositionWriter> {
    private static final Logger log = LoggerFactory.getLogger(HostText.class);

    private final List<Part> parts;
    private final Set<String> reported = new HashSet<>();

    HostText(List<Part> parts) {
        this.parts = parts;
    }

    /** Reads every part; one that fails is named in the text instead. */
    @Override
    public ExpositionWriter get() {
        ExpositionWriter out = new ExpositionWriter();
        Map<String, RuntimeException> failed = new LinkedHashMap<>();
        for (Part part : parts) {
            try {
                part.write(out);
            } catch (RuntimeException e) {
                failed.put(part.name(), e);
            }
        }
        if (!failed.isEmpty()) {
            out.family("host_part_failed", MetricType.GAUGE);
            failed.forEach((name, reason) -> {
                report(name, reason);
                out.sample(1, "part", name, "reason", reason.toString());
            });
        }
        return out;
    }

    /** A part that fails is likely to fail at every read, and one warning is enough. */
    private void report(String name, RuntimeException reason) {
        if (reported.add(name)) {
            log.warn("Left out, since it cannot be read: {} of this machine", name, reason);
        } else {
            log.debug("Left out, since it cannot be read: {} of this machine", name, reason);
        }
    }
}
