package io.inferencemetrics.nvml.internal;

import java.util.List;
import java.util.OptionalInt;

/** Asks devices for numbers, and notes what each says or why it does not. */
final class Questions {
    private static final int FIELD_BYTES = 40;

    private final Call call;

    Questions(Call call) {
        this.call = call;
    }

    /** Makes a call, or the older one where the driver does not know it; what a device lacks is not asked again. */
    void ask(Device device, Probe probe) {
        int status = device.known(probe.function(), probe.key());
        if (status == Status.SUCCESS) {
            call.structure(probe.version());
            status = device.noted(call.of(probe.function(), device.handle, probe.b(), probe.c()));
            device.remember(probe.function(), probe.key(), status);
        }
        if (Status.asksForOlder(status) && probe.older().isPresent()) {
            ask(device, probe.older().get());
            return;
        }
        for (Slot slot : probe.slots()) {
            if (status == Status.SUCCESS) {
                device.put(slot.family(), slot.in(call.out));
            } else {
                device.fail(slot.family(), status);
            }
        }
    }

    /**
     * Asks for values of the driver's table, in one call.
     *
     * @param link to which link they are about, in place of what the fields say
     */
    void ask(Device device, List<Probes.Field> fields, OptionalInt link) {
        int count = fields.size();
        call.fill(0, count * FIELD_BYTES, (byte) 0);
        for (int i = 0; i < count; i++) {
            call.out.putInt(i * FIELD_BYTES, fields.get(i).id());
            call.out.putInt(i * FIELD_BYTES + 4, link.orElse(fields.get(i).scope()));
        }
        int whole = device.known(NvmlFunction.FIELDS, count);
        if (whole == Status.SUCCESS) {
            whole = device.noted(call.of(NvmlFunction.FIELDS, device.handle, count, 0));
            device.remember(NvmlFunction.FIELDS, count, whole);
        }
        for (int i = 0; i < count; i++) {
            note(device, fields.get(i).family(), i * FIELD_BYTES, whole);
        }
    }

    private void note(Device device, String family, int at, int whole) {
        int status = whole == Status.SUCCESS ? call.out.getInt(at + 28) : whole;
        if (status == Status.SUCCESS) {
            device.put(family, value(at));
        } else {
            // an id that is newer than the driver
            device.fail(family, status == Status.INVALID_ARGUMENT ? Status.NOT_SUPPORTED : status);
        }
    }

    private double value(int at) {
        return switch (call.out.getInt(at + 24)) {
            case 0 -> call.out.getDouble(at + 32);
            case 1 -> Slot.Kind.U32.read(call.out, at + 32);
            case 4 -> call.out.getLong(at + 32);
            case 5 -> call.out.getInt(at + 32);
            case 6 -> Short.toUnsignedInt(call.out.getShort(at + 32));
            default -> Slot.Kind.U64.read(call.out, at + 32);
        };
    }
}
