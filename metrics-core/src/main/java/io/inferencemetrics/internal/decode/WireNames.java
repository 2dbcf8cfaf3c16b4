package io.inferencemetrics.internal.decode;

import io.inferencemetrics.prometheus.ByteSlice;
import io.inferencemetrics.prometheus.Event;
import io.inferencemetrics.prometheus.ExpositionCursor;
import io.inferencemetrics.prometheus.ExpositionFormat;
import io.inferencemetrics.prometheus.ParserOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * All names of a body, where only some of its families are read.
 *
 * <p>Which engine answered, in which version, and why a metric is absent can be told only from all names. They change
 * rarely, so they are looked at once in a while, and whenever those change that are read.
 */
final class WireNames {
    private static final int READS_BETWEEN_LOOKS = 64;

    private final CompiledCatalog catalog;
    private final ExpositionCursor cursor;
    private List<NameSlot> names = List.of();
    private long fingerprint;
    private int readsLeft;

    WireNames(CompiledCatalog catalog, ParserOptions options) {
        this.catalog = catalog;
        this.cursor = new ExpositionCursor(options);
    }

    /** The names as of the last look. */
    List<NameSlot> names() {
        return names;
    }

    /**
     * Looks at a body if it is time to.
     *
     * @param fingerprintOfRead of the names that are read
     */
    void lookIfDue(long fingerprintOfRead, ExpositionFormat format, byte[] text, int length) {
        if (readsLeft-- > 0 && fingerprintOfRead == fingerprint) {
            return;
        }
        fingerprint = fingerprintOfRead;
        readsLeft = READS_BETWEEN_LOOKS;
        cursor.reset(format, text, 0, length);
        look();
    }

    private void look() {
        ByteTable<NameSlot> seen = new ByteTable<>();
        List<NameSlot> found = new ArrayList<>();
        for (Event event = cursor.next(); event != Event.END; event = cursor.next()) {
            if (event == Event.SAMPLE && seen.get(cursor.name()) == null) {
                ByteSlice name = cursor.name();
                NameSlot slot = new NameSlot(catalog, name.toString());
                seen.add(name, slot);
                found.add(slot);
            }
        }
        names = List.copyOf(found);
    }
}
