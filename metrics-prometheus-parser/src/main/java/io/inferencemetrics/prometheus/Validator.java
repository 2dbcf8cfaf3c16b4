package io.inferencemetrics.prometheus;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks what the OpenMetrics 1.0 specification asks of a body beyond the grammar of its lines. Here: families, their
 * names, metadata and units, and which samples are theirs.
 *
 * <p>Where the text leaves something open, the parser of Prometheus' Python client, which most of the specification's
 * test suite comes from, has decided.
 */
final class Validator {
    private static final List<SampleKind> NOT_DECLARED = List.of(SampleKind.VALUE);

    private final Line line;
    private final FamilyNames families = new FamilyNames();
    private final SampleRules samples;
    private final MetricRules metrics;

    /** The name of the family, in bytes that stay while lines go by; empty before the first. */
    private final ByteSlice family = new ByteSlice();

    private byte[] familyBytes = new byte[256];

    private @Nullable MetricType type;
    private List<SampleKind> kinds = NOT_DECLARED;
    private boolean hasHelp;
    private boolean hasUnit;
    /** Whether the unit is not empty. */
    private boolean measured;

    private boolean hasSamples;

    Validator(Line line) {
        this.line = line;
        samples = new SampleRules(line);
        metrics = new MetricRules(line);
    }

    /** Forgets the last body. */
    void start() {
        family.clear();
        families.clear();
        metrics.start();
    }

    /** Checks a line of metadata. */
    void metadata(Event event, Metadata metadata) {
        if (!metadata.name.equals(family)) {
            open(metadata.name);
        } else if (hasSamples) {
            throw samples.broken("expected the metadata of a family before its samples", line.start);
        }
        switch (event) {
            case TYPE -> type(metadata.type);
            case HELP -> hasHelp = once("HELP", hasHelp);
            default -> unit(metadata.text);
        }
    }

    private void type(MetricType newType) {
        once("TYPE", type != null);
        type = newType;
        kinds = SampleKind.of(newType);
        checkUnit();
    }

    private void unit(ByteSlice unit) {
        hasUnit = once("UNIT", hasUnit);
        measured = !unit.isEmpty();
        checkUnit();
    }

    private boolean once(String keyword, boolean already) {
        if (already) {
            throw samples.broken("expected no more than one " + keyword + " line of a family", line.start);
        }
        return true;
    }

    private void checkUnit() {
        if (measured && (type == MetricType.INFO || type == MetricType.STATESET)) {
            throw samples.broken("expected no unit of a family of type info or stateset", line.start);
        }
    }

    /** Checks a sample. */
    void sample(ParsedSample sample) {
        SampleKind kind = kind(sample.name());
        if (kind == null) {
            checkSuffix(sample.name());
            open(sample.name());
            kind = SampleKind.VALUE;
        }
        if (!hasSamples) {
            hasSamples = true;
            addFamily();
        }
        samples.check(family, type(), kind, sample);
        metrics.check(type(), kind, sample, samples);
    }

    /** Checks what was missing when the body ends; the line is that of {@code # EOF}. */
    void end() {
        close();
    }

    private void open(ByteSlice name) {
        close();
        if (name.byteAt(0) == '_') {
            throw samples.broken(
                    "expected a family name that does not start with _, which is reserved", line.indexOf(name));
        }
        rememberFamily(name);
        type = null;
        kinds = NOT_DECLARED;
        hasHelp = false;
        hasUnit = false;
        measured = false;
        hasSamples = false;
        metrics.startFamily();
    }

    private void rememberFamily(ByteSlice name) {
        if (familyBytes.length < name.length()) {
            familyBytes = new byte[2 * name.length()];
        }
        System.arraycopy(name.array(), name.offset(), familyBytes, 0, name.length());
        family.set(familyBytes, 0, name.length());
    }

    private void close() {
        if (family.isEmpty()) {
            return;
        }
        if (!hasSamples) {
            String clash = families.add(family, type());
            if (clash != null) {
                throw new ExpositionException(
                        line.number - 1, 1, SampleRules.reason("expected " + clash + ", found " + name(family)));
            }
        }
        metrics.endFamily();
    }

    private void addFamily() {
        String clash = families.add(family, type());
        if (clash != null) {
            throw samples.broken("expected " + clash, line.start);
        }
    }

    private static String name(ByteSlice name) {
        return Line.start(name.array(), name.offset(), name.offset() + name.length());
    }

    private MetricType type() {
        return type == null ? MetricType.UNKNOWN : type;
    }

    /** What the sample is in the family; null when it is none of its samples. */
    private @Nullable SampleKind kind(ByteSlice name) {
        if (family.isEmpty() || !name.startsWith(family)) {
            return null;
        }
        int suffix = name.length() - family.length();
        for (int i = 0; i < kinds.size(); i++) {
            SampleKind kind = kinds.get(i);
            if (kind.suffix.length() == suffix && name.endsWith(kind.suffix)) {
                return kind;
            }
        }
        return null;
    }

    private void checkSuffix(ByteSlice name) {
        if (name.equals(family)) {
            List<String> suffixes = kinds.stream().map(kind -> kind.suffix).toList();
            throw samples.broken(
                    "expected the name of a sample of the %s to end in %s"
                            .formatted(type().word(), String.join(" or ", suffixes)),
                    line.start);
        }
    }
}
