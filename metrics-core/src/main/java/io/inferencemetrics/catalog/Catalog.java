package io.inferencemetrics.catalog;

import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.metric.Vocabulary;
import io.inferencemetrics.snapshot.Absence;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that is known about the metrics of one engine, in every version. Immutable.
 *
 * <p>The rows of one metric stand in order of preference: the first whose family is on the wire wins, alternatives are
 * never added up. The format of the file is described in {@code docs/catalogue.md}.
 */
public final class Catalog {
    private final CatalogHeader header;
    private final List<CatalogRow> rows;
    private final List<Metric<?>> metrics;
    private final Map<String, List<Metric<?>>> byName;
    private final Map<String, List<CatalogRow>> byFamily;
    private final boolean hasParts;

    private Catalog(CatalogHeader header, List<CatalogRow> rows) {
        this.header = header;
        this.rows = List.copyOf(rows);
        this.metrics =
                rows.stream().<Metric<?>>map(CatalogRow::metric).distinct().toList();
        this.byName = metrics.stream().collect(Collectors.groupingBy(Metric::name));
        this.byFamily = byFamily(rows);
        this.hasParts = Stream.concat(Stream.of(header.labels()), rows.stream().map(CatalogRow::over))
                .flatMap(Catalog::parts)
                .findAny()
                .isPresent();
    }

    /**
     * Reads the catalogue in a resource: {@code Catalog.load("x.catalog", XEngine.class::getResourceAsStream)}.
     *
     * <p>The caller finds the resource, not this class: on the module path a module's resources are open to itself alone.
     *
     * @param opener finds the resource by its name, or gives null
     * @throws CatalogException when a line cannot be read
     * @throws IllegalArgumentException when there is no such resource
     */
    public static Catalog load(String resource, Function<String, @Nullable InputStream> opener) {
        try (InputStream in = opener.apply(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + resource + " where the engine looks for it");
            }
            return parse(resource, new String(in.readAllBytes(), StandardCharsets.UTF_8), List.of());
        } catch (IOException e) {
            throw new UncheckedIOException("could not read the resource " + resource, e);
        }
    }

    /**
     * Reads a catalogue.
     *
     * @param source how errors name the text
     * @param vocabulary metrics that the rows may name beside those of its {@link Vocabulary}
     * @throws CatalogException when a line cannot be read
     */
    public static Catalog parse(String source, String text, List<Metric<?>> vocabulary) {
        CatalogReader reader = new CatalogReader(source, vocabulary);
        reader.read(text);
        return new Catalog(reader.header(), reader.rows());
    }

    /**
     * This catalogue with further rows, each preferred over the rows that were there for its metric.
     *
     * @param source how errors name the text
     * @param text rows, without a header
     * @throws CatalogException when a line cannot be read
     */
    public Catalog withRows(String source, String text) {
        CatalogReader reader = new CatalogReader(source, metrics, header);
        reader.read(text);
        List<CatalogRow> all = new ArrayList<>(reader.rows());
        all.addAll(rows);
        return new Catalog(header, all);
    }

    /** The engine's id, such as {@code vllm}. */
    public String engine() {
        return header.engine();
    }

    /** The engine's name for people, such as {@code vLLM}. */
    public String title() {
        return header.title();
    }

    /** The port on which the engine usually listens. */
    public OptionalInt port() {
        return header.port();
    }

    /** How many digits the engine writes of a number, where it rounds: larger numbers have lost their last ones. */
    public OptionalInt digits() {
        return header.digits();
    }

    /** What its canonical metrics are about. */
    public Vocabulary vocabulary() {
        return header.vocabulary();
    }

    /** The numbers of a row that mean that there is none, each with the reason; empty for most. */
    public Map<Double, Absence> blanks(CatalogRow row) {
        if (row.blanks().isEmpty()) {
            return header.blanks();
        }
        Map<Double, Absence> blanks = new HashMap<>(header.blanks());
        blanks.putAll(row.blanks());
        return blanks;
    }

    /** The dimensions of a row whose series are parts of the series without it. */
    public Set<String> partDimensions(CatalogRow row) {
        return hasParts
                ? Stream.concat(parts(header.labels()), parts(row.over()))
                        .map(LabelRule::dimension)
                        .collect(Collectors.toSet())
                : Set.of();
    }

    private static Stream<LabelRule> parts(Map<String, LabelRule> rules) {
        return rules.values().stream().filter(rule -> rule.treatment() == LabelRule.Treatment.PART);
    }

    /** The number by which a module that writes its own text says that there is none, with the reason: {@code blank own}. */
    public static double blank(Absence reason) {
        return -1e300 * (1 + reason.ordinal());
    }

    /** The prefixes of the engine's names, the usual one first. */
    public List<String> prefixes() {
        return header.prefixes();
    }

    /** How to learn who a server is from its own endpoints; those about one thing in order of preference. */
    public List<Question> questions() {
        return header.questions();
    }

    /** All rows, in the order of the file. */
    public List<CatalogRow> rows() {
        return rows;
    }

    /** The rows about a family, by its name with the engine's first prefix. */
    public List<CatalogRow> rowsOf(String family) {
        return byFamily.getOrDefault(family, List.of());
    }

    /** All metrics that the rows name: canonical ones and the engine's own. */
    public List<Metric<?>> metrics() {
        return metrics;
    }

    /** The metric with this name; of several the one whose row comes first. */
    public Optional<Metric<?>> metric(String name) {
        return metrics(name).stream().findFirst();
    }

    /** All metrics with this name: several where a family changed its kind between versions. */
    public List<Metric<?>> metrics(String name) {
        return byName.getOrDefault(name, List.of());
    }

    /** How series that differ in a label combine, in one row. */
    public LabelRule labelRule(CatalogRow row, String label) {
        @Nullable LabelRule own = row.over().get(label);
        if (own != null) {
            return own;
        }
        @Nullable LabelRule general = header.labels().get(label);
        return general != null ? general : LabelRule.dimension(label);
    }

    /** Whether the catalogue says how series that differ in a label combine, rather than leaving it to the default. */
    public boolean hasRule(CatalogRow row, String label) {
        return row.over().containsKey(label) || header.labels().containsKey(label);
    }

    /** How the families of this engine are recognised by the names of their samples. */
    public FamilyNames names() {
        return new FamilyNames(this, header);
    }

    private static Map<String, List<CatalogRow>> byFamily(List<CatalogRow> rows) {
        Map<String, List<CatalogRow>> families = new LinkedHashMap<>();
        rows.stream()
                .filter(row -> row.formula().isEmpty())
                .forEach(row -> families.computeIfAbsent(row.family(), f -> new ArrayList<>())
                        .add(row));
        return families;
    }
}
