package io.inferencemetrics.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The conformance suites. Where we decide differently from a suite's authority, {@code conformance-deviations.tsv} says
 * what we do and why, and the test checks that we do exactly that.
 */
class ConformanceTest {
    /** What only breaks a rule across lines is for the validating mode to find. */
    private static final Set<String> SUITES_OF_THE_SPECIFICATION = Set.of("openmetrics-spec", "client-python-om");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Deviation> DEVIATIONS = deviations();

    /** What we do instead: {@code accepts}, {@code rejects}, or {@code differs} in what is read from a valid body. */
    private record Deviation(String verdict, String reason) {}

    private record Case(Path folder, String suite, JsonNode expected) {
        byte[] body() {
            return SharedFolder.read(folder.resolve("input.prom"));
        }

        String id() {
            return suite + "/" + name(folder);
        }

        boolean valid() {
            return expected.get("valid").asBoolean();
        }

        ParserOptions strict() {
            return ParserOptions.strict(format());
        }

        ParserOptions lenient() {
            return ParserOptions.lenient(format());
        }

        ParserOptions validating() {
            return ParserOptions.validating();
        }

        boolean isOpenMetrics() {
            return format() == ExpositionFormat.OPENMETRICS;
        }

        private ExpositionFormat format() {
            return expected.get("format").asText().startsWith("openmetrics")
                    ? ExpositionFormat.OPENMETRICS
                    : ExpositionFormat.TEXT;
        }
    }

    @TestFactory
    Stream<DynamicTest> strictModeDecidesAsTheSuiteSays() {
        return SharedFolder.testsOn(
                "conformance",
                () -> cases().filter(c -> c.valid() || !SUITES_OF_THE_SPECIFICATION.contains(c.suite))
                        .map(c -> DynamicTest.dynamicTest(
                                c.id(),
                                () -> check(c, "strict", c.valid(), Recording.ofCursor(c.body(), c.strict())))));
    }

    @TestFactory
    Stream<DynamicTest> validatingModeDecidesAsTheSuiteSays() {
        return SharedFolder.testsOn(
                "conformance",
                () -> cases().filter(Case::isOpenMetrics)
                        .map(c -> DynamicTest.dynamicTest(
                                c.id(),
                                () -> check(
                                        c, "validating", c.valid(), Recording.ofCursor(c.body(), c.validating())))));
    }

    @TestFactory
    Stream<DynamicTest> lenientModeReadsWhatTheSuiteSays() {
        return SharedFolder.testsOn(
                "conformance",
                () -> cases().filter(c -> c.suite.equals("edge") || c.valid())
                        .map(c -> DynamicTest.dynamicTest(
                                c.id(),
                                () -> check(
                                        c,
                                        "lenient",
                                        c.expected.path("lenientValid").asBoolean(c.valid()),
                                        Recording.ofCursor(c.body(), c.lenient())))));
    }

    @Test
    void everyDeviationIsAboutACaseThatExists() {
        Set<String> known = new HashSet<>();
        cases().forEach(c -> {
            known.add("strict " + c.id());
            known.add("lenient " + c.id());
            known.add("validating " + c.id());
        });
        assertThat(known).containsAll(DEVIATIONS.keySet());
    }

    private static void check(Case c, String mode, boolean expectedValid, Recording recording) {
        Deviation deviation = DEVIATIONS.get(mode + " " + c.id());
        if (deviation == null) {
            assertThat(recording.accepted())
                    .as(
                            "%s %s accepted; failure %s, skipped %s",
                            mode, c.id(), recording.failure(), recording.firstSkipped())
                    .isEqualTo(expectedValid);
            if (c.valid()) {
                assertThat(differences(c, recording)).as("%s %s", mode, c.id()).isEmpty();
            }
            return;
        }
        assertThat(deviation.reason).isNotBlank();
        switch (deviation.verdict) {
            case "accepts" -> {
                assertThat(expectedValid).isFalse();
                assertThat(recording.accepted()).as(recording.toString()).isTrue();
            }
            case "rejects" -> {
                assertThat(expectedValid).isTrue();
                assertThat(recording.accepted()).as(recording.toString()).isFalse();
            }
            default -> {
                assertThat(deviation.verdict).isEqualTo("differs");
                assertThat(recording.accepted()).as(recording.toString()).isTrue();
                assertThat(differences(c, recording)).isNotEmpty();
            }
        }
    }

    private static String differences(Case c, Recording recording) {
        StringBuilder text = new StringBuilder();
        JsonNode samples = c.expected.path("samples");
        boolean onlyTheFirst = c.body().length > 200_000;
        if (!onlyTheFirst && samples.size() != recording.samples().size()) {
            text.append("%d samples, not %d; ".formatted(recording.samples().size(), samples.size()));
        }
        for (int i = 0; i < Math.min(samples.size(), recording.samples().size()); i++) {
            compareSample(samples.get(i), recording.samples().get(i), text);
        }
        JsonNode metadata = c.expected.path("metadata");
        for (int i = 0; i < metadata.size(); i++) {
            compareMetadata(
                    metadata.get(i),
                    i < recording.metadata().size() ? recording.metadata().get(i) : null,
                    text);
        }
        return text.toString();
    }

    private static void compareSample(JsonNode expected, Recording.Item actual, StringBuilder text) {
        compare("name", expected.path("name").asText(""), actual.name(), text);
        compare("labels", labels(expected.get("labels")), normalized(actual.labels()), text);
        compare("value", number(expected.get("value").asText()), actual.value(), text);
        compare("out of range", expected.path("timestampOutOfRange").asBoolean(), actual.timestampOutOfRange(), text);
        if (!actual.timestampOutOfRange()) {
            compare("timestamp", millis(expected), actual.timestampMillis(), text);
        }
        Recording.Item exemplar = actual.exemplar();
        compare("has exemplar", expected.has("exemplar"), exemplar != null, text);
        if (exemplar != null && expected.has("exemplar")) {
            compareSample(expected.get("exemplar"), exemplar, text);
        }
    }

    private static void compareMetadata(JsonNode expected, Recording.@Nullable Item actual, StringBuilder text) {
        if (actual == null) {
            text.append("metadata missing; ");
            return;
        }
        String word = expected.get("text").asText();
        compare("kind", expected.get("kind").asText(), actual.kind(), text);
        compare("metadata name", expected.get("name").asText(), actual.name(), text);
        compare("metadata text", word.equals("untyped") ? "unknown" : word, actual.text(), text);
    }

    private static void compare(String what, Object expected, Object actual, StringBuilder text) {
        if (!Objects.equals(expected, actual)) {
            text.append("%s is %s, not %s; ".formatted(what, actual, expected));
        }
    }

    private static OptionalLong millis(JsonNode node) {
        return node.has("timestampMs") ? OptionalLong.of(node.get("timestampMs").asLong()) : OptionalLong.empty();
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    /** Prometheus writes the bounds of buckets and quantiles its own way, so they are compared as numbers. */
    private static Map<String, Object> normalized(Map<String, String> labels) {
        Map<String, Object> result = new TreeMap<>(labels);
        for (String bound : List.of("le", "quantile")) {
            result.computeIfPresent(bound, (name, value) -> numberOrText((String) value));
        }
        return result;
    }

    private static Object numberOrText(String value) {
        try {
            return number(value);
        } catch (NumberFormatException e) {
            return value;
        }
    }

    private static Map<String, Object> labels(JsonNode node) {
        Map<String, String> labels = new HashMap<>();
        node.properties()
                .forEach(field -> labels.put(field.getKey(), field.getValue().asText()));
        return normalized(labels);
    }

    private static Stream<Case> cases() {
        Path root = SharedFolder.require("conformance");
        return folders(root).flatMap(suite -> folders(suite).map(folder -> load(name(suite), folder)));
    }

    private static String name(Path folder) {
        return folder.getFileName().toString();
    }

    private static Stream<Path> folders(Path parent) {
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(Files::isDirectory).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Case load(String suite, Path folder) {
        try {
            JsonNode expected = JSON.readTree(folder.resolve("expect.json").toFile());
            return new Case(folder, suite, expected);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Deviation> deviations() {
        try (var in =
                Objects.requireNonNull(ConformanceTest.class.getResourceAsStream("/conformance-deviations.tsv"))) {
            Map<String, Deviation> result = new HashMap<>();
            for (String line : new String(in.readAllBytes(), UTF_8).lines().toList()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] columns = line.split("\t", -1);
                    result.put(columns[0] + " " + columns[1], new Deviation(columns[2], columns[3]));
                }
            }
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
