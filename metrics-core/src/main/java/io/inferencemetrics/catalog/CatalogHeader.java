package io.inferencemetrics.catalog;

import io.inferencemetrics.metric.Vocabulary;
import io.inferencemetrics.snapshot.Absence;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** The lines before a catalogue's rows. */
record CatalogHeader(
        String engine,
        String title,
        OptionalInt port,
        OptionalInt digits,
        Vocabulary vocabulary,
        Map<Double, Absence> blanks,
        List<String> prefixes,
        List<String> bare,
        Map<String, LabelRule> labels,
        List<Question> questions,
        Set<String> atEnd) {}
