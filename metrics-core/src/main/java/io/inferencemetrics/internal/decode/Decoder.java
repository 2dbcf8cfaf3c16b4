package io.inferencemetrics.internal.decode;

import io.inferencemetrics.catalog.FamilyNames.Recognised;
import io.inferencemetrics.catalog.FamilyNames.SamplePart;
import io.inferencemetrics.prometheus.ByteSlice;
import io.inferencemetrics.prometheus.Changes;
import io.inferencemetrics.prometheus.Event;
import io.inferencemetrics.prometheus.ExpositionCursor;
import io.inferencemetrics.prometheus.MetricType;
import io.inferencemetrics.prometheus.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns the samples of one body after the other into a frame of numbers.
 *
 * <p>Names and series are recognised once, when they are first seen; from then on the cursor knows them by their
 * ordinals, a sample costs a look into two arrays and one store, and a whole scrape allocates nothing. State grows with
 * the distinct series seen and is dropped when most of it is no longer in use. Not safe for use by several threads.
 */
final class Decoder {
    private static final int FEW = 4_096;
    /** Names of so many bytes are kept however few of them a body has. */
    private static final int FEW_BYTES = 1 << 20;

    private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

    private final CompiledCatalog catalog;
    private final Changes changes = new Changes();
    private ByteTable<NameSlot> names = new ByteTable<>();
    private ByteTable<String> typeNames = new ByteTable<>();
    private Map<SeriesIdentity, Integer> seriesByIdentity = new HashMap<>();
    private List<NameSlot> slots = new ArrayList<>();
    private List<WireSeries> series = new ArrayList<>();
    private Map<String, MetricType> types = new HashMap<>();
    private @Nullable Layout layout;

    /** By the cursor's ordinal of a series: its name, and its place in the frame if it is wanted. */
    private @Nullable NameSlot[] slotOfSeries = new NameSlot[256];

    private int[] indexOfSeries = new int[256];
    private int admitted;
    private int generation;

    private double[] values = new double[256];
    private long[] timestamps = new long[256];
    private int[] scrapes = new int[256];
    private int scrape;

    /** Whether the frame holds all of a body. */
    private boolean whole;

    /** How much of what is remembered this body used: names, types and series. */
    private int used;

    /** How long the names and types that are remembered are together, and those that this body used. */
    private long nameBytes;

    private long usedBytes;

    private long fingerprint;
    private long samples;
    private long duplicates;
    private boolean timestamped;

    private record SeriesIdentity(String name, Map<String, String> labels) {}

    Decoder(CompiledCatalog catalog) {
        this.catalog = catalog;
    }

    /** Reads a whole body from a cursor that remembers the body before. */
    void read(ExpositionCursor cursor) {
        whole = false;
        begin(cursor.generation());
        for (Event event = cursor.next(); event != Event.END; event = cursor.next()) {
            if (event == Event.SAMPLE) {
                sample(cursor.sample());
            } else if (event == Event.TYPE) {
                type(cursor.name(), cursor.type());
                used++;
                usedBytes += cursor.name().length();
            }
        }
        whole = true;
    }

    /**
     * Reads only what is not as it was in the body before; everything else in the frame stays true.
     *
     * @return false when that is not enough, because series came, went or repeat: then the body has to be read as a whole
     */
    boolean readChanges(ExpositionCursor cursor) {
        boolean possible = whole && cursor.generation() == generation && duplicates == 0 && !remembersTooMuch();
        whole = false;
        if (!possible) {
            return false;
        }
        Event event;
        do {
            while (cursor.nextChanges(changes) > 0) {
                setChanges();
            }
            event = cursor.nextChanged();
            if (event == Event.SAMPLE) {
                setChange(cursor.sample());
            } else if (event == Event.TYPE) {
                type(cursor.name(), cursor.type());
            }
        } while (event != Event.END);
        whole = cursor.hasSameSeries();
        return whole;
    }

    private void setChanges() {
        for (int i = 0; i < changes.count(); i++) {
            int index = indexOf(changes.ordinal(i));
            if (index >= 0) {
                set(index, changes.value(i), changes.hasTimestamp(i), changes.timestampMillis(i));
            }
        }
    }

    private void setChange(Sample sample) {
        int index = indexOf(sample.ordinal());
        if (index >= 0) {
            set(index, sample);
        }
    }

    /** The place of a series in the frame; -1 if it is not known or not wanted. */
    private int indexOf(int ordinal) {
        return ordinal < slotOfSeries.length && slotOfSeries[ordinal] != null ? indexOfSeries[ordinal] : -1;
    }

    private void begin(int newGeneration) {
        if (newGeneration != generation || remembersTooMuch()) {
            forget();
        }
        generation = newGeneration;
        scrape++;
        used = 0;
        usedBytes = 0;
        fingerprint = 0;
        samples = 0;
        duplicates = 0;
        timestamped = false;
    }

    /** Series are bounded by the cursor, which names them anew when they take too many bytes; names of types are not. */
    private boolean remembersTooMuch() {
        return (remembered() > FEW && used < remembered() / 2) || (nameBytes > FEW_BYTES && usedBytes < nameBytes / 2);
    }

    /** An immutable copy of what the body held. */
    Frame frame() {
        return frame(slots.stream().filter(slot -> slot.scrape == scrape).toList());
    }

    /**
     * An immutable copy of what the body held.
     *
     * @param seen the names of the body, which may be more than were read
     */
    Frame frame(List<NameSlot> seen) {
        Layout current = layout();
        boolean bare = seen.stream().anyMatch(slot -> slot.bareSignature);
        long[] times = timestamped ? Arrays.copyOf(timestamps, series.size()) : new long[0];
        return new Frame(
                current, Arrays.copyOf(values, series.size()), present(bare), times, seen, bare, samples, duplicates);
    }

    /** Names without a prefix count only in a body that gives itself away as one which writes none. */
    private boolean[] present(boolean bare) {
        boolean[] present = new boolean[series.size()];
        for (int i = 0; i < present.length; i++) {
            present[i] = scrapes[i] == scrape && (bare || !series.get(i).bare());
        }
        return present;
    }

    private void sample(Sample sample) {
        samples++;
        used++;
        int ordinal = sample.ordinal();
        @Nullable NameSlot known = ordinal < slotOfSeries.length ? slotOfSeries[ordinal] : null;
        NameSlot slot = known != null ? known : admit(sample, ordinal);
        if (slot.scrape != scrape) {
            slot.scrape = scrape;
            used++;
            usedBytes += slot.name.length();
            fingerprint += slot.name.hashCode() * MULTIPLIER;
        }
        if (slot.wanted) {
            store(sample, indexOfSeries[ordinal]);
        }
    }

    private NameSlot admit(Sample sample, int ordinal) {
        @Nullable NameSlot known = names.get(sample.name());
        NameSlot slot = known != null ? known : admitName(sample.name());
        if (ordinal >= slotOfSeries.length) {
            slotOfSeries = Arrays.copyOf(slotOfSeries, Math.max(2 * slotOfSeries.length, ordinal + 1));
            indexOfSeries = Arrays.copyOf(indexOfSeries, slotOfSeries.length);
        }
        slotOfSeries[ordinal] = slot;
        indexOfSeries[ordinal] = slot.wanted ? admitSeries(sample, slot) : -1;
        admitted++;
        return slot;
    }

    private void type(ByteSlice name, MetricType type) {
        @Nullable String known = typeNames.get(name);
        String family = known != null ? known : admitTypeName(name);
        if (types.get(family) != type) {
            types.put(family, type);
            layout = null;
        }
    }

    private void store(Sample sample, int index) {
        if (scrapes[index] == scrape) {
            duplicates++;
            return;
        }
        scrapes[index] = scrape;
        set(index, sample);
    }

    private void set(int index, Sample sample) {
        set(index, sample.value(), sample.hasTimestamp(), sample.timestampMillis());
    }

    private void set(int index, double value, boolean hasTimestamp, long millis) {
        values[index] = value;
        if (hasTimestamp) {
            keepTimestamp(index, millis);
        } else if (timestamped) {
            timestamps[index] = Frame.NO_TIMESTAMP;
        }
    }

    private void keepTimestamp(int index, long millis) {
        if (!timestamped) {
            Arrays.fill(timestamps, Frame.NO_TIMESTAMP);
            timestamped = true;
        }
        timestamps[index] = millis;
    }

    private NameSlot admitName(ByteSlice bytes) {
        NameSlot slot = new NameSlot(catalog, bytes.toString());
        names.add(bytes, slot);
        nameBytes += slot.name.length();
        slots.add(slot);
        return slot;
    }

    /**
     * The family that a TYPE line speaks of. OpenMetrics leaves a counter's {@code _total} out there; a creation time has
     * a type of its own, which says nothing of its family.
     */
    private String admitTypeName(ByteSlice bytes) {
        String name = bytes.toString();
        String family = typed(name).or(() -> typed(name + "_total")).orElse(name);
        typeNames.add(bytes, family);
        nameBytes += bytes.length();
        return family;
    }

    private Optional<String> typed(String name) {
        return catalog.names()
                .recognise(name)
                .filter(r -> r.known() && r.part() != SamplePart.CREATED)
                .map(Recognised::family);
    }

    private int admitSeries(Sample sample, NameSlot slot) {
        Recognised recognised = slot.recognised.orElseThrow();
        Map<String, String> labels = new HashMap<>();
        for (int i = 0; i < sample.labelCount(); i++) {
            labels.put(sample.labelName(i).toString(), sample.labelValue(i).toString());
        }
        SeriesIdentity identity = new SeriesIdentity(slot.name, Map.copyOf(labels));
        return seriesByIdentity.computeIfAbsent(identity, i -> newSeries(recognised, labels));
    }

    private int newSeries(Recognised recognised, Map<String, String> labels) {
        double bound = Double.NaN;
        if (recognised.part() == SamplePart.BUCKET) {
            bound = Bounds.parse(labels.remove("le"));
        }
        int index = series.size();
        series.add(new WireSeries(
                index,
                recognised.family(),
                recognised.part(),
                recognised.spelling(),
                recognised.isBare(),
                Map.copyOf(labels),
                bound));
        if (index == values.length) {
            grow();
        }
        layout = null;
        return index;
    }

    private void grow() {
        values = Arrays.copyOf(values, 2 * values.length);
        int old = timestamps.length;
        timestamps = Arrays.copyOf(timestamps, values.length);
        Arrays.fill(timestamps, old, timestamps.length, Frame.NO_TIMESTAMP);
        scrapes = Arrays.copyOf(scrapes, values.length);
    }

    private Layout layout() {
        if (layout == null) {
            layout = new Layout(catalog, series, types);
        }
        return layout;
    }

    /** Says whether two bodies had the same names, as good as a hash can. */
    long fingerprint() {
        return fingerprint;
    }

    /** How many names and series are remembered from this body and earlier ones. */
    int remembered() {
        return names.size() + typeNames.size() + admitted;
    }

    /** How many bytes the names have that are remembered from this body and earlier ones. */
    long rememberedBytes() {
        return nameBytes;
    }

    private void forget() {
        names = new ByteTable<>();
        slotOfSeries = new NameSlot[slotOfSeries.length];
        admitted = 0;
        nameBytes = 0;
        typeNames = new ByteTable<>();
        seriesByIdentity = new HashMap<>();
        slots = new ArrayList<>();
        series = new ArrayList<>();
        types = new HashMap<>();
        layout = null;
        Arrays.fill(scrapes, 0);
    }
}
