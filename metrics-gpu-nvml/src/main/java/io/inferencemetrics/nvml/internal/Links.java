package io.inferencemetrics.nvml.internal;

import io.inferencemetrics.prometheus.MetricType;
import io.inferencemetrics.spi.ExpositionWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The links (NVLink) of devices: which are up, and where that is wanted what each carries. */
final class Links {
    private static final int MAX = 36;

    private final Call call;
    private final Questions questions;
    private final boolean each;
    private final Map<Device, List<State>> states = new LinkedHashMap<>();

    private record State(Device link, int status, long active) {}

    /**
     * Prepares for reading.
     *
     * @param each whether what links carry is asked one by one
     */
    Links(Call call, Questions questions, boolean each) {
        this.call = call;
        this.questions = questions;
        this.each = each;
    }

    /** Asks about all links of a device, up to the first that it does not have. */
    void read(Device device) {
        List<State> found = new ArrayList<>();
        List<State> before = states.getOrDefault(device, List.of());
        for (int number = 0; number < MAX && device.lost == Status.SUCCESS; number++) {
            int status = state(device, number);
            if (Status.asksForOlder(status)) {
                break;
            }
            long active = status == Status.SUCCESS ? Integer.toUnsignedLong(call.out.getInt(0)) : 0;
            Device link = number < before.size() ? before.get(number).link : device.link(number);
            found.add(new State(link, status, active));
            if (each && active == 1) {
                ask(device, link, number);
            }
        }
        states.put(device, found);
    }

    private int state(Device device, int number) {
        int known = device.known(NvmlFunction.NVLINK_STATE, number);
        if (known != Status.SUCCESS) {
            return known;
        }
        int status = device.noted(call.of(NvmlFunction.NVLINK_STATE, device.handle, number, 0));
        device.remember(NvmlFunction.NVLINK_STATE, number, status);
        return status;
    }

    private void ask(Device device, Device link, int number) {
        link.begin();
        Probes.LINK_CALLS.forEach(probe -> questions.ask(link, probe.with(number, probe.c())));
        questions.ask(link, Probes.LINK_FIELDS, OptionalInt.of(number));
        device.noted(link.lost);
    }

    /** The links of a device that were asked one by one, as what has values. */
    List<Device> of(Device device) {
        return states.getOrDefault(device, List.of()).stream()
                .filter(state -> each && state.active == 1)
                .map(State::link)
                .toList();
    }

    /** Writes which links are up. */
    void write(ExpositionWriter to, List<Device> devices) {
        to.family("nvml_nvlink_active", MetricType.GAUGE);
        for (Device device : devices) {
            List<State> found = states.getOrDefault(device, List.of());
            if (found.isEmpty()) {
                int why = device.lost != Status.SUCCESS ? device.lost : Status.NOT_SUPPORTED;
                to.absent(Status.absence(why), device.labels);
            }
            found.forEach(state -> write(to, state));
        }
    }

    private static void write(ExpositionWriter to, State state) {
        if (state.status == Status.SUCCESS) {
            to.sample(state.active, state.link.labels);
        } else {
            to.absent(Status.absence(state.status), state.link.labels);
        }
    }
}
