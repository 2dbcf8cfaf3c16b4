package io.inferencemetrics.nvml.internal;

import io.inferencemetrics.spi.LocalSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Which devices are read: all, or those named by number, by the start of their UUID or by their PCI address, with commas
 * between; of a part of a device (MIG) its UUID. {@code visible} means what the environment lets CUDA see.
 *
 * @param names empty for all
 * @param all whether all devices are meant
 * @param asCuda whether names count only up to the first that means nothing, as in CUDA; else such a name is an error
 * @param said how errors name the selection
 */
record Selection(List<String> names, boolean all, boolean asCuda, String said) {
    static final String CUDA = "CUDA_VISIBLE_DEVICES";

    /**
     * A device as a name may mean it.
     *
     * @param index its number
     * @param uuid or its number where it has none
     * @param pciId may be empty
     * @param parts the UUIDs of its parts
     */
    record Candidate(String index, String uuid, String pciId, List<String> parts) {
        private boolean isMeantBy(String name) {
            return name.equals(index)
                    || (name.startsWith("GPU-") && uuid.startsWith(name))
                    || (!pciId.isEmpty() && name.equalsIgnoreCase(pciId));
        }

        private boolean hasPart(String name) {
            return parts.stream().anyMatch(part -> isPart(name, part));
        }

        private String inWords() {
            return index
                    + (uuid.equals(index) ? "" : " (" + uuid + ")")
                    + (parts.isEmpty() ? "" : " with " + String.join(" and ", parts));
        }
    }

    /**
     * Reads a selection.
     *
     * @param environment of this process, asked only for {@code visible}
     */
    static Selection parse(String text, Map<String, String> environment) {
        String wanted = text.strip();
        if (wanted.equals("visible")) {
            return visible(environment.get(CUDA));
        }
        return wanted.equals(LocalSource.ALL) || wanted.isEmpty() ? everything() : ofNames(wanted, false, wanted);
    }

    // what a container was not given, the library does not show, whatever NVIDIA_VISIBLE_DEVICES says
    private static Selection visible(@org.jspecify.annotations.Nullable String cuda) {
        return cuda == null ? everything() : ofNames(cuda, true, CUDA + "=" + cuda);
    }

    private static Selection everything() {
        return new Selection(List.of(), true, false, LocalSource.ALL);
    }

    private static Selection ofNames(String text, boolean asCuda, String said) {
        List<String> names = Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(name -> asCuda || !name.isEmpty())
                .toList();
        return new Selection(names, false, asCuda, said);
    }

    /**
     * The selection of what is there.
     *
     * @throws IllegalArgumentException when a name means nothing, or nothing is left
     */
    Selection among(List<Candidate> there) {
        List<String> known = new ArrayList<>();
        for (String name : names) {
            if (there.stream().noneMatch(one -> one.isMeantBy(name) || one.hasPart(name))) {
                if (!asCuda) {
                    throw unknown(name, there);
                }
                break;
            }
            known.add(name);
        }
        if (!all && known.isEmpty()) {
            throw unknown(String.join(",", names), there);
        }
        return new Selection(known, all, asCuda, said);
    }

    private IllegalArgumentException unknown(String name, List<Candidate> there) {
        String devices =
                String.join(", ", there.stream().map(Candidate::inWords).toList());
        return new IllegalArgumentException(
                asCuda
                        ? said + " lets CUDA see none of these GPUs: " + devices
                        : "numbers, UUIDs or PCI addresses of these GPUs were expected: " + devices + "; not '" + name
                                + "'");
    }

    boolean takes(Candidate device) {
        return all || names.stream().anyMatch(device::isMeantBy);
    }

    boolean takesPart(String uuid) {
        return all || names.stream().anyMatch(name -> isPart(name, uuid));
    }

    private static boolean isPart(String name, String uuid) {
        return name.startsWith("MIG-") && uuid.startsWith(name);
    }
}
