package io.inferencemetrics.nvml.internal;

import io.inferencemetrics.snapshot.Absence;

/** The status codes of NVML, and what each means for a value that was asked for. */
final class Status {
    static final int SUCCESS = 0;
    static final int UNINITIALIZED = 1;
    static final int INVALID_ARGUMENT = 2;
    static final int NOT_SUPPORTED = 3;
    static final int NO_PERMISSION = 4;
    static final int NOT_FOUND = 6;
    static final int INSUFFICIENT_SIZE = 7;
    static final int DRIVER_NOT_LOADED = 9;
    static final int TIMEOUT = 10;
    static final int LIBRARY_NOT_FOUND = 12;
    static final int FUNCTION_NOT_FOUND = 13;
    static final int GPU_IS_LOST = 15;
    static final int RESET_REQUIRED = 16;
    static final int OPERATING_SYSTEM = 17;
    static final int LIB_RM_VERSION_MISMATCH = 18;
    static final int ARGUMENT_VERSION_MISMATCH = 25;
    static final int DEPRECATED = 26;

    private Status() {}

    /** Why there is no value where a call ended so. */
    static Absence absence(int status) {
        return switch (status) {
            case NOT_SUPPORTED, FUNCTION_NOT_FOUND, ARGUMENT_VERSION_MISMATCH, DEPRECATED -> Absence.NOT_SUPPORTED;
            case NO_PERMISSION, OPERATING_SYSTEM -> Absence.NO_PERMISSION;
            case GPU_IS_LOST, RESET_REQUIRED, UNINITIALIZED -> Absence.LOST;
            default -> Absence.UNKNOWN;
        };
    }

    /** Whether asking again brings nothing else until the devices are enumerated anew. */
    static boolean isForGood(int status) {
        return absence(status) == Absence.NOT_SUPPORTED;
    }

    /** Whether an older function may know what this one does not. */
    static boolean asksForOlder(int status) {
        return isForGood(status) || status == INVALID_ARGUMENT;
    }

    static boolean isLost(int status) {
        return absence(status) == Absence.LOST;
    }

    /** What is wrong where NVML cannot be opened, in a sentence, and what to do. */
    static String explained(int status) {
        return switch (status) {
            case DRIVER_NOT_LOADED ->
                "the NVIDIA driver is not loaded; load it (nvidia-smi tells), or give the container a GPU";
            case LIBRARY_NOT_FOUND -> "NVML does not find a library of the driver; install the driver whole";
            case NO_PERMISSION -> "this user may not talk to the NVIDIA driver; give it access to /dev/nvidia*";
            case OPERATING_SYSTEM ->
                "the operating system or the container's cgroup keeps the NVIDIA devices away; pass them into"
                        + " the container";
            case LIB_RM_VERSION_MISMATCH ->
                "the NVIDIA driver and its library have different versions, as after an update; restart"
                        + " the machine or the container";
            case GPU_IS_LOST -> "a GPU has fallen off its bus; restart the machine";
            default -> "look at what nvidia-smi says";
        };
    }
}
