package io.inferencemetrics.catalog;

import io.inferencemetrics.metric.Aggregation;
import io.inferencemetrics.metric.CounterMetric;
import io.inferencemetrics.metric.GaugeMetric;
import io.inferencemetrics.metric.HistogramMetric;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.metric.RatioMetric;
import io.inferencemetrics.metric.TextMetric;
import io.inferencemetrics.metric.Unit;
import io.inferencemetrics.metric.Vocabulary;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.Trust;
import io.inferencemetrics.snapshot.VersionRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the text of a catalogue, line by line. */
final class CatalogReader {
    private static final int COLUMNS = 11;
    private static final String WINDOW = "window ";
    private static final List<String> KEYS =
            List.of("engine", "title", "port", "prefixes", "bare", "digits", "vocabulary");

    private final String source;
    private final Map<String, Metric<?>> own = new LinkedHashMap<>();
    private final Map<Double, Absence> blanks = new LinkedHashMap<>();
    private final Map<String, String> keys = new HashMap<>();
    private final Map<String, LabelRule> labels = new LinkedHashMap<>();
    private final List<Question> questions = new ArrayList<>();
    private final List<CatalogRow> rows = new ArrayList<>();
    private final Set<String> atEnd = new HashSet<>();
    private final @Nullable CatalogHeader given;
    private int line;

    CatalogReader(String source, List<Metric<?>> vocabulary) {
        this(source, vocabulary, null);
    }

    /** Reads further rows of a catalogue whose header is known. */
    CatalogReader(String source, List<Metric<?>> vocabulary, @Nullable CatalogHeader given) {
        this.source = source;
        this.given = given;
        vocabulary.forEach(metric -> this.own.putIfAbsent(metric.name(), metric));
    }

    void read(String text) {
        for (String raw : text.split("\n", -1)) {
            line++;
            String trimmed = raw.strip();
            if (trimmed.isEmpty() || trimmed.startsWith("#")) {
                continue;
            }
            try {
                readLine(trimmed);
            } catch (IllegalArgumentException e) {
                throw new CatalogException(source, line, String.valueOf(e.getMessage()));
            }
        }
    }

    CatalogHeader header() {
        if (given != null) {
            return given;
        }
        return new CatalogHeader(
                required("engine"),
                keys.getOrDefault("title", required("engine")),
                number("port"),
                number("digits"),
                vocabulary(),
                Map.copyOf(blanks),
                words(required("prefixes")),
                words(keys.getOrDefault("bare", "")),
                Map.copyOf(labels),
                List.copyOf(questions),
                Set.copyOf(atEnd));
    }

    List<CatalogRow> rows() {
        return rows;
    }

    private void readLine(String text) {
        if (text.contains("|")) {
            if (!text.startsWith("metric ")) {
                rows.add(row(cells(text)));
            }
        } else {
            readHeader(text.startsWith("at_end") ? text.split("\\s+") : text.split("\\s+", 3));
        }
    }

    private void readHeader(String[] words) {
        if (given != null) {
            throw new IllegalArgumentException("a row with | was expected, not '" + String.join(" ", words) + "'");
        }
        if (words[0].equals("label") && words.length == 3) {
            labels.put(words[1], LabelRule.parse(words[1], words[2]));
        } else if (words[0].equals("blank") && words.length > 1) {
            blank(words[1], words.length == 3 ? words[2] : "unknown");
        } else if (words[0].equals("ask") && words.length == 3) {
            questions.add(Question.parse(words[1] + " " + words[2]));
        } else if (words[0].equals("at_end")) {
            atEnd.addAll(List.of(words).subList(1, words.length));
        } else if (KEYS.contains(words[0]) && words.length > 1) {
            keys.put(words[0], words.length == 2 ? words[1] : words[1] + " " + words[2]);
        } else {
            throw new IllegalArgumentException(
                    String.join(", ", KEYS) + ", label, blank, ask, at_end or a row with | was expected, not '"
                            + String.join(" ", words) + "'");
        }
    }

    private Vocabulary vocabulary() {
        if (given != null) {
            return given.vocabulary();
        }
        String symbol = keys.getOrDefault("vocabulary", Vocabulary.LLM.symbol());
        return Vocabulary.ofSymbol(symbol)
                .orElseThrow(() -> new IllegalArgumentException("a vocabulary is llm, gpu or host, not " + symbol));
    }

    private void blank(String number, String reason) {
        if (number.equals("own")) {
            Stream.of(Absence.values()).forEach(own -> blanks.put(Catalog.blank(own), own));
        } else {
            blanks.put(Double.valueOf(number), absence(reason));
        }
    }

    private static Absence absence(String text) {
        return Stream.of(Absence.values())
                .filter(a -> a.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "a reason such as not_supported or no_permission was expected, not '" + text + "'"));
    }

    private OptionalInt number(String key) {
        @Nullable String number = keys.get(key);
        return number == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(number));
    }

    private String required(String key) {
        @Nullable String value = keys.get(key);
        if (value == null) {
            throw new CatalogException(source, line, "the header lacks a line '" + key + "'");
        }
        return value;
    }

    private static String[] cells(String text) {
        String[] given = text.split("\\|", -1);
        if (given.length > COLUMNS) {
            throw new IllegalArgumentException("a row has at most " + COLUMNS + " cells, this one has " + given.length);
        }
        String[] cells = new String[COLUMNS];
        for (int i = 0; i < COLUMNS; i++) {
            cells[i] = i < given.length ? given[i].strip() : "";
        }
        return cells;
    }

    private static void checkConverts(Unit unit, Metric<?> metric) {
        if (!unit.convertsTo(metric.unit())) {
            throw new IllegalArgumentException("a unit of what " + metric.name() + " has in "
                    + metric.unit().symbol() + " was expected, not " + unit.symbol());
        }
    }

    private CatalogRow row(String[] cells) {
        boolean forWindows = cells[0].startsWith(WINDOW);
        String name = forWindows ? cells[0].substring(WINDOW.length()).strip() : cells[0];
        boolean derived = cells[1].startsWith("=");
        String family = derived ? "" : cells[1];
        FamilyKind kind = derived ? FamilyKind.GAUGE : kind(cells[2]);
        Map<String, String> over = overrides(cells[6]);
        @Nullable String series = over.remove("series");
        @Nullable String blank = over.remove("blank");
        Metric<?> metric =
                name.equals("-") ? own(family, kind, unit(cells[3], Unit.ONE), cells[10], series) : canonical(name);
        Unit unit = unit(cells[3], metric.unit());
        checkConverts(unit, metric);
        return new CatalogRow(
                metric,
                family,
                derived ? Optional.of(Formula.parse(cells[1].substring(1))) : Optional.empty(),
                kind,
                unit,
                Take.parse(cells[4]),
                words(cells[5]).stream().map(LabelSelector::parse).toList(),
                blank == null ? Map.of() : Map.of(Double.valueOf(blank), Absence.NOT_SUPPORTED),
                rules(over),
                VersionRange.parse(cells[7]),
                Appears.parse(cells[8]),
                trust(cells[9], derived),
                cells[10],
                forWindows);
    }

    private Metric<?> canonical(String name) {
        return vocabulary().metrics().stream()
                .filter(metric -> metric.name().equals(name))
                .findFirst()
                .or(() -> Optional.ofNullable(own.get(name)))
                .orElseThrow(() -> new IllegalArgumentException("no metric of the vocabulary "
                        + vocabulary().symbol() + " is named '" + name + "'; write - for one of the engine's own"));
    }

    private Metric<?> own(String family, FamilyKind kind, Unit unit, String meaning, @Nullable String series) {
        Aggregation aggregation = series == null ? usual(kind, unit) : aggregation(series);
        return switch (kind) {
            case COUNTER -> CounterMetric.of(family, unit, meaning, aggregation);
            case GAUGE ->
                unit == Unit.RATIO
                        ? RatioMetric.of(family, unit, meaning, aggregation)
                        : GaugeMetric.of(family, unit, meaning, aggregation);
            case HISTOGRAM, SUMMARY -> HistogramMetric.of(family, unit, meaning, aggregation);
            case INFO -> TextMetric.of(family, Unit.TEXT, meaning, aggregation);
        };
    }

    private static Aggregation usual(FamilyKind kind, Unit unit) {
        if (kind == FamilyKind.INFO) {
            return Aggregation.SAME;
        }
        return unit == Unit.RATIO || unit == Unit.PERCENT ? Aggregation.MEAN : Aggregation.SUM;
    }

    private static Aggregation aggregation(String text) {
        return Stream.of(Aggregation.values())
                .filter(a -> a.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("series=sum, max, min, mean or same, not " + text));
    }

    private static FamilyKind kind(String text) {
        return Stream.of(FamilyKind.values())
                .filter(k -> k.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "a kind is counter, gauge, histogram, summary or info, not '" + text + "'"));
    }

    private static Unit unit(String text, Unit otherwise) {
        return text.isEmpty()
                ? otherwise
                : Unit.ofSymbol(text)
                        .orElseThrow(() -> new IllegalArgumentException("no unit is named '" + text + "'"));
    }

    private static Trust trust(String text, boolean derived) {
        if (text.isEmpty()) {
            return derived ? Trust.DERIVED : Trust.EXACT;
        }
        return Trust.valueOf(text.toUpperCase(Locale.ROOT));
    }

    private static Map<String, String> overrides(String cell) {
        Map<String, String> over = new LinkedHashMap<>();
        for (String word : words(cell)) {
            String[] pair = word.split("=", 2);
            if (pair.length != 2) {
                throw new IllegalArgumentException("label=rule was expected, not '" + word + "'");
            }
            over.put(pair[0], pair[1]);
        }
        return over;
    }

    private static Map<String, LabelRule> rules(Map<String, String> over) {
        Map<String, LabelRule> rules = new LinkedHashMap<>();
        over.forEach((label, rule) -> rules.put(label, LabelRule.parse(label, rule.replace(':', ' '))));
        return Map.copyOf(rules);
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("\\s+"));
    }
}
