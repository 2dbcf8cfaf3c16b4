package io.inferencemetrics.benchmarks;

import io.inferencemetrics.prometheus.ExpositionCursor;
import java.util.List;

/** The ways to read an input that this project has, and the limits to compare them with. Each is checked at once. */
final class OwnWays {
    static final String NEWLINES = "newline scan";
    static final String MEMORY = "memory read";
    static final String COLD = "cold";
    static final String RESCRAPE_MANY = "re-scrape, 2/3 changed";
    static final String RESCRAPE_FEW = "re-scrape, 1/6 changed";
    static final String RESCRAPE_MANY_SAMPLES = "re-scrape, 2/3 changed, all samples";
    static final String RESCRAPE_FEW_SAMPLES = "re-scrape, 1/6 changed, all samples";
    static final String RESCRAPE_MANY_LABELS = "re-scrape, 2/3 changed, all labels";
    static final String RESCRAPE_FEW_LABELS = "re-scrape, 1/6 changed, all labels";
    static final String PROJECTION = "projection, cold";
    static final String PROJECTION_RESCRAPE = "projection, re-scrape, 1/6 changed";
    static final String STREAM = "stream of 16 KB chunks";
    static final String OBJECTS = "records";

    private OwnWays() {}

    private static final List<String> ALL = List.of(
            NEWLINES,
            MEMORY,
            COLD,
            RESCRAPE_MANY,
            RESCRAPE_FEW,
            RESCRAPE_MANY_SAMPLES,
            RESCRAPE_FEW_SAMPLES,
            RESCRAPE_MANY_LABELS,
            RESCRAPE_FEW_LABELS,
            PROJECTION,
            PROJECTION_RESCRAPE,
            STREAM,
            OBJECTS);

    /** All of them. */
    static List<Way> of(Input input) {
        return ALL.stream().map(name -> named(name, input)).toList();
    }

    /** One of them, checked. */
    static Way named(String name, Input input) {
        return switch (name) {
            case NEWLINES -> newlines(input);
            case MEMORY -> new OwnWay(name, (body, tally) -> tally.add(MemoryRead.sum(body) | 1, 0, 0), input.many());
            case COLD ->
                everything(name, input, Readers.everything(new ExpositionCursor(input.strict())), input.many());
            case RESCRAPE_MANY -> byChange(name, input, input.many(), 2.0 / 3);
            case RESCRAPE_FEW -> byChange(name, input, input.few(), 1.0 / 6);
            case RESCRAPE_MANY_SAMPLES -> byOrdinal(name, input, input.many());
            case RESCRAPE_FEW_SAMPLES -> byOrdinal(name, input, input.few());
            case RESCRAPE_MANY_LABELS -> everything(name, input, remembering(input), input.many());
            case RESCRAPE_FEW_LABELS -> everything(name, input, remembering(input), input.few());
            case PROJECTION ->
                wanted(name, input, Readers.everything(new ExpositionCursor(input.projected())), input.many());
            case PROJECTION_RESCRAPE -> {
                Check.wanted(input, Readers.everything(ExpositionCursor.remembering(input.projected())));
                yield new OwnWay(name, Readers.byChange(input.projected()), input.few());
            }
            case STREAM -> everything(name, input, Readers.stream(input.strict()), input.many());
            case OBJECTS -> objects(input);
            default -> throw new IllegalArgumentException("no way " + name + ": take one of " + ALL);
        };
    }

    private static Way newlines(Input input) {
        Check.newlines(input, input.many());
        Check.newlines(input, input.few());
        return new OwnWay(NEWLINES, Readers.NEWLINES, input.many());
    }

    private static Way byChange(String name, Input input, List<byte[]> scrapes, double share) {
        Check.byChange(input, scrapes, share);
        return new OwnWay(name, Readers.byChange(input.strict()), scrapes);
    }

    private static Way byOrdinal(String name, Input input, List<byte[]> scrapes) {
        Check.byOrdinal(input);
        return new OwnWay(name, Readers.byOrdinal(input.strict()), scrapes);
    }

    private static Way objects(Input input) {
        Check.values(input, Readers.objects(input.strict()));
        return new OwnWay(OBJECTS, Readers.objects(input.strict()), input.many());
    }

    private static Reader remembering(Input input) {
        return Readers.everything(ExpositionCursor.remembering(input.strict()));
    }

    private static Way everything(String name, Input input, Reader reader, List<byte[]> scrapes) {
        Check.everything(input, reader);
        return new OwnWay(name, reader, scrapes);
    }

    private static Way wanted(String name, Input input, Reader reader, List<byte[]> scrapes) {
        Check.wanted(input, reader);
        return new OwnWay(name, reader, scrapes);
    }
}
