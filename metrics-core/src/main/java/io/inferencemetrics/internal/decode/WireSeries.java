package io.inferencemetrics.internal.decode;

import io.inferencemetrics.catalog.FamilyNames.SamplePart;
import java.util.Map;

/**
 * One series of the engine as it stands on the wire.
 *
 * @param index its place in every frame of the layout
 * @param family with the engine's first prefix
 * @param part which part of the family it is
 * @param spelling how the prefix was written
 * @param bare whether there was no prefix
 * @param labels without {@code le}, where it is a bucket
 * @param upperBound of a bucket; NaN otherwise
 */
record WireSeries(
        int index,
        String family,
        SamplePart part,
        int spelling,
        boolean bare,
        Map<String, String> labels,
        double upperBound) {}
