package io.inferencemetrics.prometheus;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The labels of a sample to keep, in the order of the line; unmodifiable. One array instead of a table with a node for each
 * label: samples have a handful, which are found as fast one by one.
 */
final class LabelMap extends AbstractMap<String, String> {
    static final LabelMap NONE = new LabelMap(new String[0]);

    /** Each name followed by its value. */
    private final String[] texts;

    LabelMap(String[] texts) {
        this.texts = texts;
    }

    /** Whether these are the labels of a sample or exemplar; never if they have others than ASCII characters. */
    boolean isThatOf(Observation observation) {
        if (observation.labelCount() != size()) {
            return false;
        }
        for (int i = 0; i < size(); i++) {
            if (!observation.labelName(i).contentEquals(texts[2 * i])
                    || !observation.labelValue(i).contentEquals(texts[2 * i + 1])) {
                return false;
            }
        }
        return true;
    }

    /** Name and value in turn. */
    String text(int index) {
        return texts[index];
    }

    @Override
    public int size() {
        return texts.length / 2;
    }

    @Override
    public @Nullable String get(@Nullable Object name) {
        for (int i = 0; i < texts.length; i += 2) {
            if (texts[i].equals(name)) {
                return texts[i + 1];
            }
        }
        return null;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return get(name) != null;
    }

    @Override
    public @Nullable String remove(@Nullable Object name) {
        throw new UnsupportedOperationException("the labels of a sample that was read cannot be changed");
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        return new Entries();
    }

    private final class Entries extends AbstractSet<Entry<String, String>> {
        @Override
        public int size() {
            return LabelMap.this.size();
        }

        @Override
        public Iterator<Entry<String, String>> iterator() {
            return new EntryIterator();
        }
    }

    private final class EntryIterator implements Iterator<Entry<String, String>> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < texts.length;
        }

        @Override
        public Entry<String, String> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            next += 2;
            return Map.entry(texts[next - 2], texts[next - 1]);
        }
    }
}
