package io.inferencemetrics.prometheus;

/** Makes strings and labels of what lines say, of the same text the same object if it came not long ago. */
final class RecentTexts {
    private static final int MOST_BYTES_KEPT = 512;
    private static final int MULTIPLIER = 0x9e3779b9;

    private final RecentTable<ByteSlice, String> strings =
            new RecentTable<>(String::hashCode, (kept, text) -> text.contentEquals(kept), ByteSlice::toString);
    private final RecentTable<Observation, LabelMap> labels =
            new RecentTable<>(RecentTexts::hash, LabelMap::isThatOf, this::newLabels);

    String string(ByteSlice text) {
        return text.length() > MOST_BYTES_KEPT ? text.toString() : strings.get(text, hash(text));
    }

    LabelMap labels(Observation observation) {
        int count = observation.labelCount();
        if (count == 0) {
            return LabelMap.NONE;
        }
        int hash = 0;
        int bytes = 0;
        for (int i = 0; i < count && bytes <= MOST_BYTES_KEPT; i++) {
            ByteSlice name = observation.labelName(i);
            ByteSlice value = observation.labelValue(i);
            hash = mix(mix(hash, hash(name)), hash(value));
            bytes += name.length() + value.length();
        }
        return bytes > MOST_BYTES_KEPT ? newLabels(observation) : labels.get(observation, hash);
    }

    private LabelMap newLabels(Observation observation) {
        String[] namesAndValues = new String[2 * observation.labelCount()];
        for (int i = 0; i < observation.labelCount(); i++) {
            namesAndValues[2 * i] = string(observation.labelName(i));
            namesAndValues[2 * i + 1] = string(observation.labelValue(i));
        }
        return new LabelMap(namesAndValues);
    }

    /** That of the string, if all characters are ASCII; others are not found again anyway. */
    private static int hash(ByteSlice text) {
        int hash = 0;
        for (int i = 0; i < text.length(); i++) {
            hash = 31 * hash + text.byteAt(i);
        }
        return hash;
    }

    private static int hash(LabelMap labels) {
        int hash = 0;
        for (int i = 0; i < 2 * labels.size(); i++) {
            hash = mix(hash, labels.text(i).hashCode());
        }
        return hash;
    }

    /** Not times 31, as in a text: a 1 here and a 0 there would have the hash of a 0 here and a 1 there. */
    private static int mix(int hash, int next) {
        int mixed = (hash ^ next) * MULTIPLIER;
        return mixed ^ mixed >>> 15;
    }
}
