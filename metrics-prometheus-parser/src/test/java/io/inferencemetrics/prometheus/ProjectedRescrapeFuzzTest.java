package io.inferencemetrics.prometheus;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Who wants some families, and keeps their values by reading only what changed, has the values that a first sight of the
 * whole body finds in these families, whatever was read before. The build runs the inputs that once were interesting;
 * with {@code JAZZER_FUZZ=1} set, the test looks for new ones.
 */
class ProjectedRescrapeFuzzTest {
    @FuzzTest(maxDuration = "30m")
    void whatIsKeptIsWhatIsWanted(byte[] data) {
        if (data.length < 3) {
            return;
        }
        // the first bytes say where the first body ends, which options are used, and which names are wanted
        int cut = 2 + (data.length - 2) * (data[0] & 0x3f) / 0x3f;
        ParserOptions options = ParserAgreement.ALL_OPTIONS.get((data[0] & 0xff) >>> 6);
        byte[] first = Arrays.copyOfRange(data, 2, cut);
        byte[] second = Arrays.copyOfRange(data, cut, data.length);
        Set<String> families = families(Recording.ofCursor(first, options), data[1]);
        ChangeKeeper keeper = new ChangeKeeper(options, families);
        for (byte[] body : new byte[][] {first, second, first.clone(), changed(first), first.clone()}) {
            keeper.read(body, "read by changes");
        }
    }

    private static Set<String> families(Recording all, byte which) {
        List<String> names =
                all.items().stream().map(Recording.Item::name).distinct().toList();
        Set<String> families = new HashSet<>(Set.of("none_of_them"));
        IntStream.range(0, names.size())
                .filter(i -> (which >>> (i & 7) & 1) != 0)
                .forEach(i -> families.add(names.get(i)));
        return families;
    }

    /** Some digits are others. */
    private static byte[] changed(byte[] body) {
        byte[] other = body.clone();
        for (int i = 0; i < other.length; i++) {
            other[i] = other[i] == '1' ? (byte) '2' : other[i];
        }
        return other;
    }
}
