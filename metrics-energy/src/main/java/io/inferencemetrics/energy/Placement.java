package io.inferencemetrics.energy;

import java.util.Collection;
import java.util.List;

/** Which GPUs serve a server, or why that is not known. */
public sealed interface Placement {

    /** The GPUs; empty where they are not known. */
    default List<UsedGpu> gpus() {
        return List.of();
    }

    /**
     * GPUs of the caller's choice, where a server's processes cannot be seen: on another machine, in a container.
     *
     * <p>They are taken to be the server's alone.
     *
     * @param ids as in {@link io.inferencemetrics.snapshot.MetricsSnapshot#devices()}
     * @throws IllegalArgumentException when there are none
     */
    static Placement chosen(Collection<String> ids) {
        if (ids.isEmpty()) {
            throw new IllegalArgumentException("one GPU or more was expected");
        }
        return new Known(ids.stream().distinct().map(UsedGpu::chosen).toList());
    }

    /**
     * These.
     *
     * @param gpus never empty
     */
    record Known(List<UsedGpu> gpus) implements Placement {
        /** Makes the list immutable. */
        public Known {
            gpus = List.copyOf(gpus);
        }
    }

    /**
     * It is not known.
     *
     * @param detail the reason in a sentence without a full stop; names the server
     */
    record Unknown(Reason reason, String detail) implements Placement {}

    /** Why it is not known which GPUs serve a server. */
    enum Reason {
        /** The address is not one of this machine, or that of no server. */
        NOT_HERE,
        /** Which process has which socket is read from Linux's {@code /proc}, and there is none. */
        NOT_SUPPORTED,
        /** No process of this machine, or of this container's network, listens there. */
        NOTHING_LISTENS,
        /** This process may not see which process listens there. */
        NO_PERMISSION,
        /** Whatever reads the GPUs does not tell which processes are on them. */
        NO_PROCESSES_TOLD,
        /** The ids that the driver tells, or the one that listens, are of another PID namespace, as in containers. */
        OTHER_PID_NAMESPACE,
        /** The processes on the GPUs are known here, and none is the server's. */
        NOT_ON_A_GPU
    }
}
