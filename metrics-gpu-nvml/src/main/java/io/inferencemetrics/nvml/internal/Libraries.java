package io.inferencemetrics.nvml.internal;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Where NVML's library is: GPU containers have no name but the one with the version. */
final class Libraries {

    /** Names another file than the driver's, for tests and for odd installations. */
    static final String PROPERTY = "io.inferencemetrics.nvml.library";

    private Libraries() {}

    static List<String> names() {
        String given = System.getProperty(PROPERTY, "");
        if (!given.isEmpty()) {
            return List.of(given);
        }
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows")
                ? List.of("nvml.dll", "C:\\Program Files\\NVIDIA Corporation\\NVSMI\\nvml.dll")
                : List.of("libnvidia-ml.so.1", "libnvidia-ml.so");
    }

    /**
     * Binds the first that is there.
     *
     * @throws CollectException when none is, with what the system says of each
     */
    static Nvml open() {
        return open(Binding::open);
    }

    /** The same through JNA, whatever the Java. */
    static Nvml openThroughJna() {
        return open(JnaBinding::open);
    }

    @SuppressWarnings("CatchError") // what links fails with an Error, JNA's own loading with a plain one
    static Nvml open(Function<String, Nvml> binding) {
        StringBuilder why = new StringBuilder();
        for (String name : names()) {
            try {
                return binding.apply(name);
            } catch (VirtualMachineError e) {
                throw e;
            } catch (IllegalCallerException e) {
                throw unavailable(
                        oneLine(e),
                        "Start Java with --enable-native-access=ALL-UNNAMED, or =io.inferencemetrics.gpu.nvml on the module path.");
            } catch (Error | IllegalArgumentException e) {
                why.append(why.isEmpty() ? "" : "; ").append(oneLine(e));
            }
        }
        throw unavailable(
                why.toString(),
                "Install the NVIDIA driver; give a container its GPUs, which brings the library with them.");
    }

    private static CollectException unavailable(String why, String hint) {
        return new CollectException(
                FailureKind.CONNECT,
                "NVML's library was expected as " + String.join(" or ", names()) + ", but cannot be loaded: " + why,
                hint,
                null);
    }

    private static String oneLine(Throwable e) {
        String said = String.valueOf(e.getMessage());
        int end = said.indexOf('\n');
        return end < 0 ? said : said.substring(0, end);
    }
}
