package io.inferencemetrics.prometheus;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Everything that a parser said about a body, as values that can be compared. */
record Recording(List<Item> items, @Nullable String failure, long skipped, List<SkippedLine> firstSkipped) {

    /** A sample, or metadata with its text as the only label. Doubles compare by their bits. */
    record Item(
            String kind,
            String name,
            Map<String, String> labels,
            double value,
            OptionalLong timestampMillis,
            boolean timestampOutOfRange,
            String timestampText,
            @Nullable Item exemplar) {
        static Item metadata(String kind, String name, String text) {
            return new Item(kind, name, Map.of("text", text), 0, OptionalLong.empty(), false, "", null);
        }

        String text() {
            return labels.getOrDefault("text", "");
        }
    }

    boolean accepted() {
        return failure == null && skipped == 0;
    }

    List<Item> samples() {
        return items.stream().filter(item -> item.kind().equals("SAMPLE")).toList();
    }

    List<Item> metadata() {
        return items.stream().filter(item -> !item.kind().equals("SAMPLE")).toList();
    }

    static Recording ofCursor(byte[] body, ParserOptions options) {
        // a range in the middle of an array full of something else shows reads beyond the ends
        byte[] padded = new byte[body.length + 20];
        Arrays.fill(padded, (byte) '7');
        System.arraycopy(body, 0, padded, 10, body.length);
        Recorder recorder = new Recorder();
        ExpositionCursor cursor = new ExpositionCursor(options);
        String failure = null;
        try {
            cursor.reset(padded, 10, 10 + body.length);
            for (Event event = cursor.next(); event != Event.END; event = cursor.next()) {
                recorder.add(event, cursor);
            }
        } catch (ExpositionException e) {
            failure = e.getMessage();
        }
        return new Recording(
                recorder.items,
                failure,
                cursor.skipped().count(),
                cursor.skipped().first());
    }

    /** Feeds the chunks that the cut positions make, each from an array that is overwritten afterwards. */
    static Recording ofStream(byte[] body, ParserOptions options, int... cuts) {
        Recorder recorder = new Recorder();
        ExpositionStream stream = new ExpositionStream(options, recorder);
        String failure = null;
        try {
            int from = 0;
            for (int i = 0; i <= cuts.length; i++) {
                int to = i == cuts.length ? body.length : cuts[i];
                byte[] chunk = Arrays.copyOfRange(body, from, to);
                if (i % 2 == 0) {
                    stream.feed(chunk, 0, chunk.length);
                } else {
                    stream.feed(ByteBuffer.wrap(chunk));
                }
                Arrays.fill(chunk, (byte) '7');
                from = to;
            }
            stream.finish();
        } catch (ExpositionException e) {
            failure = e.getMessage();
        }
        return new Recording(
                recorder.items,
                failure,
                stream.skipped().count(),
                stream.skipped().first());
    }

    static final class Recorder implements ExpositionHandler {
        private final List<Item> items = new ArrayList<>();

        List<Item> items() {
            return items;
        }

        void add(Event event, ExpositionCursor cursor) {
            switch (event) {
                case SAMPLE -> sample(cursor.sample());
                case TYPE -> type(cursor.name(), cursor.type());
                case HELP -> help(cursor.name(), cursor.help());
                case UNIT -> unit(cursor.name(), cursor.unit());
                case END -> throw new AssertionError();
            }
        }

        @Override
        public void sample(Sample sample) {
            Map<String, String> labels = new LinkedHashMap<>();
            for (int i = 0; i < sample.labelCount(); i++) {
                labels.put(sample.labelName(i).toString(), sample.labelValue(i).toString());
            }
            items.add(new Item(
                    "SAMPLE",
                    sample.name().toString(),
                    labels,
                    sample.value(),
                    sample.hasTimestamp() ? OptionalLong.of(sample.timestampMillis()) : OptionalLong.empty(),
                    sample.timestampOutOfRange(),
                    sample.timestampText().toString(),
                    sample.hasExemplar() ? exemplar(sample.exemplar()) : null));
        }

        private static Item exemplar(Exemplar exemplar) {
            Map<String, String> labels = new LinkedHashMap<>();
            for (int i = 0; i < exemplar.labelCount(); i++) {
                labels.put(
                        exemplar.labelName(i).toString(), exemplar.labelValue(i).toString());
            }
            return new Item(
                    "EXEMPLAR",
                    "",
                    labels,
                    exemplar.value(),
                    exemplar.hasTimestamp() ? OptionalLong.of(exemplar.timestampMillis()) : OptionalLong.empty(),
                    exemplar.timestampOutOfRange(),
                    exemplar.timestampText().toString(),
                    null);
        }

        @Override
        public void type(ByteSlice name, MetricType type) {
            items.add(Item.metadata("TYPE", name.toString(), type.word()));
        }

        @Override
        public void help(ByteSlice name, ByteSlice help) {
            items.add(Item.metadata("HELP", name.toString(), help.toString()));
        }

        @Override
        public void unit(ByteSlice name, ByteSlice unit) {
            items.add(Item.metadata("UNIT", name.toString(), unit.toString()));
        }
    }
}
