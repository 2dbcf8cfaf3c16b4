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
 * @param rule what becomes of names that mean nothing
 * @param said how errors name the selection
 */
record Selection(List<String> names, boolean all, Rule rule, String said) {
    static final String CUDA = "CUDA_VISIBLE_DEVICES";

    /** What becomes of names that mean nothing. */
    enum Rule {
        /** They are an error. */
        EXACT,
        /** The first of them ends the list. */
        CUDA,
        /** They stay: what was there may have fallen off its bus, and come back. */
        REMEMBERED
    }

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
        return wanted.equals(LocalSource.ALL) || wanted.isEmpty() ? everything() : ofNames(wanted, Rule.EXACT);
    }

    // what a container was not given, the library does not show, whatever NVIDIA_VISIBLE_DEVICES says
    private static Selection visible(@org.jspecify.annotations.Nullable String cuda) {
        return cuda == null ? everything() : ofNames(cuda, Rule.CUDA);
    }

    private static Selection everything() {
        return new Selection(List.of(), true, Rule.EXACT, LocalSource.ALL);
    }

    private static Selection ofNames(String text, Rule rule) {
        List<String> names = Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(name -> rule == Rule.CUDA || !name.isEmpty())
                .toList();
        return new Selection(names, false, rule, text);
    }

    /**
     * The devices and parts that the names mean, by their UUIDs: when they are looked for anew a number may be that of another.
     * A name that means nothing stays.
     */
    Selection remembered(List<Candidate> there) {
        List<String> uuids = names.stream()
                .flatMap(name -> uuids(name, there).stream())
                .distinct()
                .toList();
        return new Selection(uuids, all, Rule.REMEMBERED, said);
    }

    private static List<String> uuids(String name, List<Candidate> there) {
        List<String> uuids = new ArrayList<>();
        for (Candidate one : there) {
            if (one.isMeantBy(name)) {
                uuids.add(one.uuid);
            }
            one.parts.stream().filter(part -> isPart(name, part)).forEach(uuids::add);
        }
        return uuids.isEmpty() ? List.of(name) : uuids;
    }

    /**
     * The selection of what is there.
     *
     * @throws IllegalArgumentException when a name means nothing where that is an error, or nothing is left
     */
    Selection among(List<Candidate> there) {
        List<String> known = new ArrayList<>();
        for (String name : names) {
            if (rule == Rule.REMEMBERED || there.stream().anyMatch(one -> one.isMeantBy(name) || one.hasPart(name))) {
                known.add(name);
            } else if (rule == Rule.EXACT) {
                throw unknown(name, there);
            } else if (rule == Rule.CUDA) {
                break;
            }
        }
        if (!all && known.isEmpty()) {
            throw unknown(said, there);
        }
        return new Selection(known, all, rule, said);
    }

    private IllegalArgumentException unknown(String name, List<Candidate> there) {
        return new IllegalArgumentException(
                rule == Rule.CUDA
                        ? CUDA + "=" + said + " lets CUDA see none of these GPUs: " + inWords(there)
                        : "numbers, UUIDs or PCI addresses of these GPUs were expected: " + inWords(there) + "; not '"
                                + name + "'");
    }

    private static String inWords(List<Candidate> there) {
        return String.join(", ", there.stream().map(Candidate::inWords).toList());
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
