package io.inferencemetrics.host.internal;

import io.inferencemetrics.spi.LocalSource;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import oshi.software.os.OSProcess;
import oshi.software.os.OperatingSystem;

/**
 * Which processes are asked for.
 *
 * @param wanted each once, in the order in which they are named
 */
record Processes(List<Wanted> wanted) {

    /**
     * A process.
     *
     * @param id its id
     * @param descendants whether all that it started, and what those did, is wanted too
     */
    record Wanted(int id, boolean descendants) {}

    /**
     * Reads a selection such as {@code 1234,5678+,self}.
     *
     * @throws IllegalArgumentException when it is none
     */
    static Processes parse(String selection) {
        return selection.equals(LocalSource.ALL)
                ? new Processes(List.of())
                : new Processes(Stream.of(selection.split(",", -1))
                        .map(word -> wanted(word.strip()))
                        .distinct()
                        .toList());
    }

    private static Wanted wanted(String word) {
        boolean descendants = word.endsWith("+");
        String id = descendants ? word.substring(0, word.length() - 1) : word;
        if (id.equals("self")) {
            return new Wanted((int) ProcessHandle.current().pid(), descendants);
        }
        if (!id.matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException(
                    "ids of processes such as 1234,5678 were expected, 1234+ with all descendants, or self, not '"
                            + word + "'");
        }
        return new Wanted(Integer.parseInt(id), descendants);
    }

    /**
     * Makes sure that all are there.
     *
     * @throws IllegalArgumentException when one is not
     */
    void check(OperatingSystem os) {
        for (Wanted one : wanted) {
            if (!alive(os.getProcess(one.id()))) {
                throw new IllegalArgumentException("there is no process " + one.id()
                        + " on this machine, or not in this container; ps lists those that there are");
            }
        }
    }

    private static boolean alive(@Nullable OSProcess process) {
        return process != null && process.getState() != OSProcess.State.INVALID;
    }
}
