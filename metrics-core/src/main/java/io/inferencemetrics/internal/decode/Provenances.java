package io.inferencemetrics.internal.decode;

import io.inferencemetrics.catalog.CatalogRow;
import io.inferencemetrics.snapshot.Provenance;
import io.inferencemetrics.snapshot.ScrapeInfo;
import io.inferencemetrics.snapshot.Trust;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says of values where they came from, and whether their own time makes them too old. */
final class Provenances {
    private final Frame frame;
    private final ScrapeInfo info;
    private final long staleAfterMillis;

    Provenances(Frame frame, ScrapeInfo info, Duration staleAfter) {
        this.frame = frame;
        this.info = info;
        this.staleAfterMillis = staleAfter.toMillis();
    }

    /** A provenance, and whether the value was too old when it was read. */
    record Made(Provenance provenance, boolean stale) {}

    Made of(CatalogRow row, RowReader reader) {
        return of(row, reader, row.trust(), "");
    }

    /** With a trust no better than given, and a further note. */
    Made of(CatalogRow row, RowReader reader, Trust trust, String note) {
        long ageMillis = oldest(reader);
        long measured = info.measuredNanos() - TimeUnit.MILLISECONDS.toNanos(ageMillis);
        return new Made(
                new Provenance(row.source(), worse(trust, row.trust()), measured, joined(note, noteOf(row))),
                ageMillis > staleAfterMillis);
    }

    /** As old and as doubtful as the worst of the terms, whose note goes along where it is worse than the formula. */
    Made ofComputed(CatalogRow row, Collection<Outcome.Found<Double>> terms) {
        Trust trust = terms.stream().map(t -> t.provenance().trust()).reduce(row.trust(), Provenances::worse);
        long measured = terms.stream()
                .mapToLong(t -> t.provenance().measuredNanos())
                .min()
                .orElse(info.measuredNanos());
        boolean stale = terms.stream().anyMatch(Outcome.Found::stale);
        return new Made(
                new Provenance(row.source(), trust, measured, joined(whatMakesIt(trust, row, terms), row.note())),
                stale);
    }

    /** Why a formula is trusted less than its row says: the notes of the terms that are to blame. */
    private static String whatMakesIt(Trust trust, CatalogRow row, Collection<Outcome.Found<Double>> terms) {
        return terms.stream()
                .map(Outcome.Found::provenance)
                .filter(term -> term.trust() == trust
                        && trust != row.trust()
                        && !term.note().isEmpty())
                .map(Provenance::note)
                .distinct()
                .collect(Collectors.joining("; "));
    }

    /** Of an answer without a value: the name that was looked for first. */
    Provenance ofNothing(Optional<CatalogRow> row) {
        return new Provenance(
                row.map(CatalogRow::source).orElse(""),
                row.map(CatalogRow::trust).orElse(Trust.EXACT),
                info.measuredNanos(),
                row.map(Provenances::noteOf).orElse(""));
    }

    private long oldest(RowReader reader) {
        if (frame.timestampsMillis().length == 0) {
            return 0;
        }
        return reader.present().stream()
                .mapToLong(series -> frame.timestampMillis(series.index()))
                .filter(millis -> millis != Frame.NO_TIMESTAMP)
                .map(millis -> Math.max(0, info.time().toEpochMilli() - millis))
                .max()
                .orElse(0);
    }

    /** The note of an engine's own metric is its meaning, and stands there. */
    private static String noteOf(CatalogRow row) {
        return row.isOwn() ? "" : row.note();
    }

    private static Trust worse(Trust a, Trust b) {
        return Stream.of(a, b).max(Comparator.naturalOrder()).orElse(a);
    }

    private static String joined(String a, String b) {
        return a.isEmpty() || b.isEmpty() ? a + b : a + "; " + b;
    }
}
