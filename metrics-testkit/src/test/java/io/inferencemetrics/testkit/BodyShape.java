package io.inferencemetrics.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stays of a body without its numbers: families, types, lines, label names, bounds, all in their order. */
final class BodyShape {
    private static final Pattern SAMPLE = Pattern.compile("([^ {]+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([^=,]+)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

    private final Map<String, FamilyShape> families = new LinkedHashMap<>();

    /** A family; each kind of line once, in the order of the first series, and what labels other than bounds say. */
    private record FamilyShape(String type, boolean help, Set<String> lines, Map<String, Set<String>> values) {}

    static BodyShape of(String body) {
        BodyShape shape = new BodyShape();
        boolean help = false;
        FamilyShape family = null;
        for (String line : body.lines().toList()) {
            if (line.startsWith("# HELP ")) {
                help = true;
            } else if (line.startsWith("# TYPE ")) {
                String[] words = line.split(" ");
                family = new FamilyShape(words[3], help, new LinkedHashSet<>(), new TreeMap<>());
                shape.families.put(words[2], family);
                help = false;
            } else if (!line.isEmpty() && family != null) {
                addSample(family, line);
            }
        }
        return shape;
    }

    private static void addSample(FamilyShape family, String line) {
        Matcher sample = SAMPLE.matcher(line);
        if (!sample.matches()) {
            throw new AssertionError("no sample: " + line);
        }
        List<String> labels = new ArrayList<>();
        Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
        boolean bucket = sample.group(1).endsWith("_bucket");
        while (label.find()) {
            boolean bound =
                    bucket && label.group(1).equals("le") || label.group(1).equals("quantile");
            labels.add(bound ? label.group() : label.group(1));
            if (!bound) {
                family.values()
                        .computeIfAbsent(label.group(1), name -> new TreeSet<>())
                        .add(label.group(2));
            }
        }
        family.lines().add(sample.group(1) + labels);
    }

    private FamilyShape family(String name) {
        return Objects.requireNonNull(families.get(name), name);
    }

    Set<String> names() {
        return families.keySet();
    }

    List<String> lines(String family) {
        return List.copyOf(family(family).lines());
    }

    String type(String family) {
        return family(family).type();
    }

    /** What differs here from another body, each difference as its kind and the family; {@code order} alone for all. */
    Set<String> differencesFrom(BodyShape other) {
        Set<String> differences = new TreeSet<>();
        names().stream()
                .filter(name -> !other.names().contains(name))
                .forEach(name -> differences.add("only here " + name));
        other.names().stream()
                .filter(name -> !names().contains(name))
                .forEach(name -> differences.add("only there " + name));
        List<String> common = names().stream().filter(other.names()::contains).toList();
        if (!common.equals(other.names().stream().filter(names()::contains).toList())) {
            differences.add("order");
        }
        for (String name : common) {
            compare(name, family(name), other.family(name), differences);
        }
        return differences;
    }

    private static void compare(String name, FamilyShape here, FamilyShape there, Set<String> differences) {
        if (!here.type().equals(there.type())) {
            differences.add("type " + name);
        }
        if (here.help() != there.help()) {
            differences.add("help " + name);
        }
        if (!List.copyOf(here.lines()).equals(List.copyOf(there.lines()))) {
            differences.add("lines " + name);
        }
        here.values().forEach((label, values) -> {
            if (there.values().containsKey(label) && !there.values().get(label).equals(values)) {
                differences.add("values " + name + " " + label);
            }
        });
    }
}
