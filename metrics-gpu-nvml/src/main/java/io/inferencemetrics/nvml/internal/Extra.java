package io.inferencemetrics.nvml.internal;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** What is read only where it is asked for. */
public enum Extra {
    /** How busy the parts of a chip are: further calls for each device and each part. */
    GPM("gpm"),
    /** Links one by one: a further call for each. */
    LINKS("links"),
    /** What PCIe carries, as the driver measures it: calls of 20 ms, on a thread of their own. */
    PCIE("pcie-throughput");

    private final String id;

    Extra(String id) {
        this.id = id;
    }

    /** The name by which it is asked for. */
    public String id() {
        return id;
    }

    static Set<String> ids() {
        return Arrays.stream(values()).map(Extra::id).collect(Collectors.toUnmodifiableSet());
    }

    static Set<Extra> of(Set<String> ids) {
        EnumSet<Extra> extras = EnumSet.allOf(Extra.class);
        extras.removeIf(extra -> !ids.contains(extra.id));
        return extras;
    }
}
