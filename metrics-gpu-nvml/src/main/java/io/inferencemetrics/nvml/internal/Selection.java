package io.inferencemetrics.nvml.internal;

import io.inferencemetrics.spi.LocalSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Which devices are read: all, or those named by number, by the start of their UUID or by their PCI address, with commas
 * between; of a part of a device (MIG) its UUID. {@code visible} means what the environment lets CUDA see.
 *
 * @param names empty for all
 * @param all whether all devices are meant
 */
record Selection(List<String> names, boolean all) {
    private static final String NONE = "-1";

    /**
     * Reads a selection.
     *
     * @param environment of this process, asked only for {@code visible}
     */
    static Selection parse(String text, Map<String, String> environment) {
        String wanted = text.strip();
        if (wanted.equals("visible")) {
            return visible(environment);
        }
        return wanted.equals(LocalSource.ALL) || wanted.isEmpty() ? new Selection(List.of(), true) : ofNames(wanted);
    }

    private static Selection visible(Map<String, String> environment) {
        String cuda = environment.get("CUDA_VISIBLE_DEVICES");
        String container = environment.getOrDefault("NVIDIA_VISIBLE_DEVICES", LocalSource.ALL);
        if (cuda == null) {
            return container.equals("void") || container.equals("none")
                    ? new Selection(List.of(), false)
                    : parse(container, Map.of());
        }
        return cuda.isBlank() || cuda.strip().startsWith(NONE) ? new Selection(List.of(), false) : ofNames(cuda);
    }

    private static Selection ofNames(String text) {
        return new Selection(
                Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(n -> !n.isEmpty())
                        .toList(),
                false);
    }

    boolean takes(String index, String uuid, String pciId) {
        return all || names.stream().anyMatch(names(index, uuid, pciId));
    }

    /** Says what there is where nothing of it is meant. */
    IllegalArgumentException unknown(List<String> seen) {
        return new IllegalArgumentException("numbers, UUIDs or PCI addresses of these GPUs were expected: "
                + String.join(", ", seen) + "; not '" + String.join(",", names) + "'");
    }

    boolean takesPart(Device part) {
        return all || names.stream().anyMatch(name -> name.startsWith("MIG-") && part.uuid.startsWith(name));
    }

    private static Predicate<String> names(String index, String uuid, String pciId) {
        return name -> name.equals(index)
                || (name.startsWith("GPU-") && uuid.startsWith(name))
                || (!pciId.isEmpty() && name.equalsIgnoreCase(pciId));
    }
}
