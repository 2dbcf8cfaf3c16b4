package io.inferencemetrics.nvml.internal;

import java.util.LinkedHashMap;
import java.util.Map;

/** The driver's events, asked for without waiting: those that came since the last read. */
final class Events {
    private static final long XID = 0x8;
    private static final int DO_NOT_WAIT = 0;

    /** So many are taken in one read; the rest waits for the next. */
    private static final int MOST = 256;

    private final Call call;
    private final Xids xids;
    private final Map<Long, Device> watched = new LinkedHashMap<>();
    private final Map<Device, Integer> unwatched = new LinkedHashMap<>();
    private final long set;
    private int waited;

    /** Registers the devices; of those that are only wanted in parts nothing is told. */
    Events(Call call, DeviceList list, Xids xids) {
        this.call = call;
        this.xids = xids;
        int created = call.of(NvmlFunction.EVENTS_CREATE, 0);
        set = created == Status.SUCCESS ? call.out.getLong(0) : 0;
        list.infos().keySet().stream().filter(device -> device.whole).forEach(device -> register(device, created));
    }

    private void register(Device device, int created) {
        int status = created == Status.SUCCESS ? device.unreachable : created;
        if (status == Status.SUCCESS) {
            status = call.of(NvmlFunction.EVENTS_REGISTER, device.handle, XID, set);
        }
        if (status == Status.SUCCESS) {
            watched.put(device.handle, device);
            xids.watch(device);
        } else {
            unwatched.put(device, status);
        }
    }

    /** Counts what came; a wait that fails is not the same as none. */
    void read() {
        waited = Status.SUCCESS;
        for (int i = 0; i < MOST && !watched.isEmpty(); i++) {
            int status = call.of(NvmlFunction.EVENTS_WAIT, set, DO_NOT_WAIT, 0);
            if (status != Status.SUCCESS) {
                waited = status == Status.TIMEOUT ? Status.SUCCESS : status;
                return;
            }
            Device device = watched.get(call.out.getLong(0));
            if (device != null && (call.out.getLong(8) & XID) != 0) {
                xids.add(device, call.out.getLong(16), call.out.getInt(24));
            }
        }
    }

    /** The devices of which it is not known what errors they had, with the status that says why. */
    Map<Device, Integer> unwatched() {
        Map<Device, Integer> all = new LinkedHashMap<>(unwatched);
        if (waited != Status.SUCCESS) {
            watched.values().forEach(device -> all.put(device, waited));
        }
        return all;
    }

    /** Gives the set back to the library. */
    void close() {
        if (set != 0) {
            call.of(NvmlFunction.EVENTS_FREE, set);
        }
    }
}
