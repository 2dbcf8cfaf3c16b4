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
    static final String RESCRAPE_MANY_LABELS = "re-scrape, 2/3 changed, all labels";
    static final String RESCRAPE_FEW_LABELS = "re-scrape, 1/6 changed, all labels";
    static final String PROJECTION = "projection, cold";
    static final String PROJECTION_RESCRAPE = "projection, re-scrape, 1/6 changed";
    static final String STREAM = "stream of 16 KB chunks";
    static final String OBJECTS = "records";

    private OwnWays() {}

    static List<Way> of(Input input) {
        Check.newlines(input, input.many());
        Check.byOrdinal(input);
        Check.values(input, Readers.objects(input.strict()));
        Check.wanted(input, Readers.everything(ExpositionCursor.remembering(input.projected())));
        return List.of(
                new OwnWay(NEWLINES, Readers.NEWLINES, input.many()),
                new OwnWay(MEMORY, (body, tally) -> tally.add(MemoryRead.sum(body) | 1, 0, 0), input.many()),
                everything(COLD, input, Readers.everything(new ExpositionCursor(input.strict())), input.many()),
                new OwnWay(RESCRAPE_MANY, Readers.byOrdinal(input.strict()), input.many()),
                new OwnWay(RESCRAPE_FEW, Readers.byOrdinal(input.strict()), input.few()),
                everything(RESCRAPE_MANY_LABELS, input, remembering(input), input.many()),
                everything(RESCRAPE_FEW_LABELS, input, remembering(input), input.few()),
                wanted(PROJECTION, input, Readers.everything(new ExpositionCursor(input.projected())), input.many()),
                new OwnWay(PROJECTION_RESCRAPE, Readers.byOrdinal(input.projected()), input.few()),
                everything(STREAM, input, Readers.stream(input.strict()), input.many()),
                new OwnWay(OBJECTS, Readers.objects(input.strict()), input.many()));
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
