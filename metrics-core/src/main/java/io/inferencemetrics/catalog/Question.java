package io.inferencemetrics.catalog;

import io.inferencemetrics.snapshot.VersionRange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One way to learn something about a server from an endpoint of its own, beside its metrics.
 *
 * @param about what is learned
 * @param path of the endpoint, with its query
 * @param pointer the JSON pointer of the fact in the answer, empty for all of it; {@code status} where the status tells
 * @param parts of a model their JSON pointers within its entry; where the status tells, what a status means
 * @param cost what the question costs the engine
 * @param versions that have the endpoint
 * @param note what it takes for the endpoint to be there; empty for nothing
 */
public record Question(
        About about,
        String path,
        String pointer,
        Map<String, String> parts,
        Cost cost,
        VersionRange versions,
        String note) {
    private static final Pattern STATUS = Pattern.compile("[1-5][0-9][0-9]=(ready|loading|unhealthy)");
    private static final List<String> PARTS_OF_MODEL = List.of("id", "parent", "root", "max_length");

    /** What can be learned. */
    public enum About {
        /** The exact version of the engine. */
        VERSION,
        /** The models and adapters that can be asked for. */
        MODELS,
        /** The longest sequence, prompt and answer together, in tokens. */
        MAX_LENGTH,
        /** Whether the engine sleeps: its memory is given up until it is woken. */
        SLEEPING,
        /** Whether the engine has been told to take up no work for now. */
        PAUSED,
        /** Whether the server can serve. */
        HEALTH
    }

    /** What a question costs the engine, the cheapest first. */
    public enum Cost {
        /** The server answers from what it knows. */
        CHEAP,
        /** The question goes through the scheduler, between the steps of the model. */
        SCHEDULER,
        /** The engine may generate a token to answer. */
        GENERATION
    }

    /**
     * Reads {@code ABOUT PATH POINTER [NAME=VALUE ...] [-- NOTE]}; the pointer {@code -} is that of the whole answer.
     *
     * @throws IllegalArgumentException when the text has another form
     */
    static Question parse(String text) {
        String[] halves = text.split("\\s+--\\s+", 2);
        String[] words = halves[0].strip().split("\\s+");
        if (words.length < 3 || !words[1].startsWith("/") || !words[2].matches("-|status|/.*")) {
            throw new IllegalArgumentException(
                    "ask ABOUT /path and a JSON pointer, - or status was expected, not 'ask " + text + "'");
        }
        Map<String, String> parts = new LinkedHashMap<>();
        Stream.of(words).skip(3).map(Question::pair).forEach(pair -> parts.put(pair[0], pair[1]));
        Cost cost = constant(Cost.values(), parts.getOrDefault("cost", "cheap"));
        VersionRange versions = VersionRange.parse(parts.getOrDefault("versions", ""));
        parts.keySet().removeAll(Set.of("cost", "versions"));
        About about = constant(About.values(), words[0]);
        check(about, words[2], parts);
        return new Question(
                about,
                words[1],
                words[2].equals("-") ? "" : words[2],
                Map.copyOf(parts),
                cost,
                versions,
                halves.length > 1 ? halves[1] : "");
    }

    private static void check(About about, String pointer, Map<String, String> parts) {
        boolean fits = switch (about) {
            case HEALTH ->
                parts.entrySet().stream()
                        .allMatch(part -> STATUS.matcher(part.toString()).matches());
            case MODELS -> parts.containsKey("id") && PARTS_OF_MODEL.containsAll(parts.keySet());
            case VERSION, MAX_LENGTH, SLEEPING, PAUSED -> parts.isEmpty();
        };
        if (!fits || (about == About.HEALTH) != pointer.equals("status")) {
            throw new IllegalArgumentException(
                    "health has a status and what it means, such as 503=loading; models have " + PARTS_OF_MODEL
                            + ", at least id; others have neither; not " + parts.keySet() + " at " + pointer);
        }
    }

    private static String[] pair(String word) {
        String[] pair = word.split("=", 2);
        if (pair.length != 2) {
            throw new IllegalArgumentException("name=value was expected, not '" + word + "'");
        }
        return pair;
    }

    private static <E extends Enum<E>> E constant(E[] all, String word) {
        return Stream.of(all)
                .filter(constant -> word(constant).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "one of " + Stream.of(all).map(Question::word).toList() + " was expected, not '" + word + "'"));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
