package io.inferencemetrics.nvml.internal;

import io.inferencemetrics.nvml.internal.Slot.Kind;
import java.util.List;
import java.util.Optional;

/**
 * A call about a device, and the numbers in its answer.
 *
 * @param function to call, with the device and two numbers
 * @param b the number after the device
 * @param c the number after that
 * @param version what the structure says of itself before the call; 0 for none
 * @param instances whether parts of a device (MIG) answer too
 * @param slots the numbers
 * @param older what to call instead where the driver does not know this
 */
record Probe(
        NvmlFunction function, int b, int c, int version, boolean instances, List<Slot> slots, Optional<Probe> older) {

    static Probe of(NvmlFunction function, Slot... slots) {
        return new Probe(function, 0, 0, 0, false, List.of(slots), Optional.empty());
    }

    /** A function with one unsigned number of 32 bits. */
    static Probe gauge(String family, NvmlFunction function) {
        return of(function, Slot.gauge(family, Kind.U32, 0));
    }

    /** Tells calls of one function apart. */
    int key() {
        return b << 4 | c;
    }

    Probe with(int number) {
        return new Probe(function, number, c, version, instances, slots, older);
    }

    Probe with(int first, int second) {
        return new Probe(function, first, second, version, instances, slots, older);
    }

    Probe version(int said) {
        return new Probe(function, b, c, said, instances, slots, older);
    }

    Probe ofInstancesToo() {
        return new Probe(function, b, c, version, true, slots, older);
    }

    Probe orElse(Probe before) {
        return new Probe(function, b, c, version, instances, slots, Optional.of(before));
    }
}
