package io.inferencemetrics.engines;

import static io.inferencemetrics.engines.Markdown.code;
import static io.inferencemetrics.engines.Markdown.head;
import static io.inferencemetrics.engines.Markdown.link;
import static io.inferencemetrics.engines.Markdown.list;
import static io.inferencemetrics.engines.Markdown.row;
import static io.inferencemetrics.engines.Markdown.sentence;

import io.inferencemetrics.catalog.Catalog;
import io.inferencemetrics.catalog.CatalogRow;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.metric.Unit;
import io.inferencemetrics.snapshot.Trust;
import io.inferencemetrics.window.WindowMetrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page {@code docs/metrics.md}, made from the vocabulary and the catalogues. */
final class MetricsPage {
    /** A part of the page: its title, the headings within it that the contents name, and its text. */
    private record Section(String title, List<String> headings, String text) {}

    /** What the names of a section's metrics begin with, up to their first dot. */
    private record Topic(String title, List<String> beginnings) {
        Topic(String title, String... beginnings) {
            this(title, List.of(beginnings));
        }

        List<Metric<?>> metrics() {
            return LlmMetrics.all().stream()
                    .filter(metric -> beginnings.contains(metric.name().replaceFirst("\\..*", "")))
                    .toList();
        }
    }

    private static final List<Topic> TOPICS = List.of(
            new Topic("Requests", "requests"),
            new Topic("Tokens", "tokens", "request", "throughput"),
            new Topic("Latencies", "latency"),
            new Topic("KV cache", "kv", "preemptions"),
            new Topic("Prefix cache", "prefix"),
            new Topic("Speculative decoding", "spec"),
            new Topic("Adapters and batches", "lora", "batch"),
            new Topic("Server", "engine", "model", "process"));

    private final List<Catalog> engines;

    MetricsPage(List<Catalog> engines) {
        this.engines = engines;
    }

    /** The metrics that stand on the page, in its order. */
    static List<Metric<?>> metrics() {
        return TOPICS.stream().flatMap(topic -> topic.metrics().stream()).toList();
    }

    String text() {
        List<Section> sections = sections();
        return Stream.of(
                        Stream.of(resource("introduction.md"), contents(sections)),
                        sections.stream().map(section -> "## " + section.title() + "\n\n" + section.text()),
                        Stream.of(resource("names.md")))
                .flatMap(parts -> parts)
                .map(String::strip)
                .collect(Collectors.joining("\n\n", "", "\n"));
    }

    /** All that the contents list; what else a page should tell of is one more section. */
    private List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        TOPICS.forEach(topic -> sections.add(topic(topic)));
        sections.add(windows());
        engines.forEach(engine -> sections.add(own(engine)));
        return sections;
    }

    private static String contents(List<Section> sections) {
        return sections.stream()
                .map(section -> "- " + link(section.title(), section.title())
                        + section.headings().stream()
                                .map(heading -> link(code(heading), heading))
                                .collect(Collectors.joining(
                                        " · ", section.headings().isEmpty() ? "" : ": ", "")))
                .collect(Collectors.joining("\n", "## Contents\n\n", ""));
    }

    private Section topic(Topic topic) {
        List<Metric<?>> metrics = topic.metrics();
        return new Section(
                topic.title(),
                metrics.stream().<String>map(Metric::name).toList(),
                metrics.stream().map(this::entry).collect(Collectors.joining("\n\n")));
    }

    private static Section windows() {
        String rows = WindowMetrics.all().stream()
                .map(metric -> row(code(metric.name()), kind(metric), sentence(metric.meaning())))
                .collect(Collectors.joining("\n"));
        return new Section(
                "Over a window",
                List.of(),
                String.join(
                        "\n",
                        "A window has `.rate` of each counter, `.mean` and `.p99` (or any other quantile, with its bracket) of each"
                                + " histogram, the ratios of counters, and, with `Window.reading`, what only a window can say. Where an"
                                + " engine has a counter that moves while requests run, windows go by that one: the rows named"
                                + " *windows* above.",
                        "",
                        head("metric", "kind", "meaning"),
                        rows));
    }

    private String entry(Metric<?> metric) {
        return Stream.of("### " + code(metric.name()), sentence(metric.meaning()), facts(metric), sources(metric))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("\n\n"));
    }

    private static String facts(Metric<?> metric) {
        List<String> facts = new ArrayList<>();
        facts.add(code("LlmMetrics." + constant(metric)));
        facts.add(kind(metric));
        facts.add(combining(metric));
        metric.openTelemetryName().ifPresent(name -> facts.add("OpenTelemetry " + code(name)));
        return String.join(" · ", facts);
    }

    private static String kind(Metric<?> metric) {
        String kind = metric.getClass().getSimpleName().replace("Metric", "").toLowerCase(Locale.ROOT);
        String unit = unit(metric);
        return unit.isEmpty() || unit.equals(kind) ? kind : kind + " in " + unit;
    }

    private static String unit(Metric<?> metric) {
        return metric.unit() == Unit.ONE ? "" : metric.unit().symbol();
    }

    private static String combining(Metric<?> metric) {
        String ranks = word(metric.overRanks());
        String servers = word(metric.overReplicas());
        return ranks.equals(servers) ? "ranks and servers: " + ranks : "ranks: " + ranks + ", servers: " + servers;
    }

    private String sources(Metric<?> metric) {
        List<String> lines = new ArrayList<>();
        List<String> without = new ArrayList<>();
        for (Catalog engine : engines) {
            List<CatalogRow> rows = engine.rows().stream()
                    .filter(row -> row.metric().equals(metric))
                    .sorted(Comparator.comparing(CatalogRow::forWindows))
                    .toList();
            for (CatalogRow row : rows) {
                lines.add(source(engine, row, row.equals(rows.get(0)) ? engine.title() : also(row)));
            }
            if (rows.isEmpty()) {
                without.add(engine.title());
            }
        }
        if (!lines.isEmpty()) {
            lines.add(0, head("engine", "from", "versions", "appears", "trust", "note"));
        }
        return Stream.of(String.join("\n", lines), nothingOf(without))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("\n\n"));
    }

    private static String also(CatalogRow row) {
        return row.forWindows() ? "windows" : "or else";
    }

    private static String source(Catalog engine, CatalogRow row, String name) {
        Availability availability = new Availability(engine);
        return row(
                name,
                RowWords.source(row),
                availability.versions(row),
                availability.appears(row),
                word(row.trust()),
                sentence(row.note()));
    }

    private String nothingOf(List<String> titles) {
        if (titles.size() == engines.size()) {
            return "No engine says it among its metrics.";
        }
        return titles.isEmpty()
                ? ""
                : list(titles, "and") + (titles.size() == 1 ? " has" : " have") + " nothing of the kind.";
    }

    private Section own(Catalog engine) {
        String lines = engine.rows().stream()
                .filter(CatalogRow::isOwn)
                .map(row -> row(
                        code(row.family()),
                        word(row.kind()),
                        unit(row.metric()),
                        row.versions().inWords(),
                        RowWords.appears(row),
                        (row.trust() == Trust.EXACT ? "" : "*" + word(row.trust()) + "* ") + sentence(row.note())))
                .collect(Collectors.joining("\n"));
        return new Section(
                ownTitle(engine),
                List.of(),
                "Asked for by their names on the wire: `snapshot.metric(name)`. Exact where nothing else is said.\n\n"
                        + head("name", "kind", "unit", "versions", "appears", "meaning") + "\n" + lines);
    }

    static String ownTitle(Catalog engine) {
        return engine.title() + "'s own metrics";
    }

    /** A constant as it stands in a sentence. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String constant(Metric<?> metric) {
        for (Field field : LlmMetrics.class.getFields()) {
            try {
                if (metric.equals(field.get(null))) {
                    return field.getName();
                }
            } catch (IllegalAccessException e) {
                throw new AssertionError("getFields() gives public fields only", e);
            }
        }
        throw new AssertionError(metric.name() + " is no constant of LlmMetrics");
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(MetricsPage.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
