package io.inferencemetrics.internal.decode;

import io.inferencemetrics.prometheus.ByteSlice;
import io.inferencemetrics.prometheus.ExpositionFormat;
import io.inferencemetrics.prometheus.ExpositionHandler;
import io.inferencemetrics.prometheus.ExpositionStream;
import io.inferencemetrics.prometheus.MetricType;
import io.inferencemetrics.prometheus.ParserOptions;
import io.inferencemetrics.prometheus.Sample;
import io.inferencemetrics.snapshot.RawSample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** All samples of a body in its own order, made only when they are asked for. */
final class RawSamples implements ExpositionHandler {
    private static final List<String> SUFFIXES = List.of("", "_bucket", "_sum", "_count", "_total", "_info");

    private final List<RawSample> samples = new ArrayList<>();
    private final Map<String, MetricType> types = new HashMap<>();
    private final Map<String, String> helps = new HashMap<>();

    private RawSamples() {}

    static List<RawSample> of(byte[] text, ExpositionFormat format) {
        RawSamples handler = new RawSamples();
        ExpositionStream stream = new ExpositionStream(ParserOptions.lenient(format), handler);
        stream.feed(text, 0, text.length);
        stream.finish();
        return List.copyOf(handler.samples);
    }

    @Override
    public void type(ByteSlice name, MetricType type) {
        types.put(name.toString(), type);
    }

    @Override
    public void help(ByteSlice name, ByteSlice help) {
        helps.put(name.toString(), help.toString());
    }

    @Override
    public void sample(Sample sample) {
        String name = sample.name().toString();
        Map<String, String> labels = new LinkedHashMap<>();
        for (int i = 0; i < sample.labelCount(); i++) {
            labels.put(sample.labelName(i).toString(), sample.labelValue(i).toString());
        }
        samples.add(new RawSample(
                name,
                find(types, name).orElse(MetricType.UNKNOWN).name().toLowerCase(Locale.ROOT),
                labels,
                sample.value(),
                sample.hasTimestamp() ? OptionalLong.of(sample.timestampMillis()) : OptionalLong.empty(),
                find(helps, name)));
    }

    private static <V> Optional<V> find(Map<String, V> byFamily, String sample) {
        return SUFFIXES.stream()
                .filter(sample::endsWith)
                .map(suffix -> sample.substring(0, sample.length() - suffix.length()))
                .flatMap(family -> Optional.ofNullable(byFamily.get(family)).stream())
                .findFirst();
    }
}
