package io.inferencemetrics.internal.decode;

import io.inferencemetrics.prometheus.ByteSlice;
import io.inferencemetrics.prometheus.Event;
import io.inferencemetrics.prometheus.ExpositionCursor;
import io.inferencemetrics.prometheus.ExpositionFormat;
import io.inferencemetrics.prometheus.ParserOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All names of a body, where only some of its families are read.
 *
 * <p>Which engine answered, in which version, and why a metric is absent can be told only from all names. They change
 * rarely, so they are looked at once in a while, and whenever those change that are read.
 */
final class WireNames {
    private static final int READS_BETWEEN_LOOKS = 64;
    private static final int FEW = 4_096;
    private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

    private final CompiledCatalog catalog;
    private final ExpositionCursor cursor;
    private ByteTable<NameSlot> known = new ByteTable<>();
    private List<NameSlot> slots = new ArrayList<>();
    private List<NameSlot> names = List.of();
    private long fingerprintOfNames;
    private int looks;
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

    /** Names that were there before cost nothing. */
    private void look() {
        looks++;
        long seen = 0;
        long fingerprintOfAll = 0;
        for (Event event = cursor.next(); event != Event.END; event = cursor.next()) {
            if (event == Event.SAMPLE) {
                NameSlot slot = slot(cursor.name());
                if (slot.scrape != looks) {
                    slot.scrape = looks;
                    seen++;
                    fingerprintOfAll += slot.name.hashCode() * MULTIPLIER;
                }
            }
        }
        if (seen != names.size() || fingerprintOfAll != fingerprintOfNames) {
            fingerprintOfNames = fingerprintOfAll;
            names = slots.stream().filter(slot -> slot.scrape == looks).toList();
        }
        if (slots.size() > FEW && seen < slots.size() / 2) {
            known = new ByteTable<>();
            slots = new ArrayList<>();
        }
    }

    private NameSlot slot(ByteSlice name) {
        @Nullable NameSlot slot = known.get(name);
        if (slot == null) {
            slot = new NameSlot(catalog, name.toString());
            known.add(name, slot);
            slots.add(slot);
        }
        return slot;
    }
}
