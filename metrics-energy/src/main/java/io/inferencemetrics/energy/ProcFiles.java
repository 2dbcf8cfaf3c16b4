package io.inferencemetrics.energy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Linux says of processes and of the files that they have open.
 *
 * <p>A process that ends while it is looked at is left out.
 *
 * @param root the folder that is {@code /proc}
 * @param folders how folders are opened
 */
record ProcFiles(Path root, Folders folders) {
    /** Of the namespace that the machine started with; a constant of the kernel, PROC_PID_INIT_INO. */
    private static final String FIRST_NAMESPACE = "pid:[4026531836]";

    /** {@code 1234 (a name) S 1 ...}; the name may hold anything. */
    private static final Pattern STAT = Pattern.compile("\\d+ \\((.*)\\) \\S (\\d+) .*", Pattern.DOTALL);

    private static final Pattern SOCKET = Pattern.compile("socket:\\[(\\d+)]");
    private static final int MOST_LINES = 1_000_000;
    private static final int LONGEST_LINE = 4_096;

    ProcFiles(Path root) {
        this(root, Files::newDirectoryStream);
    }

    /** Opens a folder. */
    @FunctionalInterface
    interface Folders {
        DirectoryStream<Path> open(Path folder) throws IOException;
    }

    /**
     * A process.
     *
     * @param parent the id of the one that started it, or that took it over
     * @param name as the kernel has it, cut at 15 bytes
     */
    record Process(long id, long parent, String name) {}

    /**
     * Who has some sockets.
     *
     * @param processes that have one of them open
     * @param refused whether there are processes into which this one may not look
     */
    record Owners(Set<Long> processes, boolean refused) {}

    boolean isThere() {
        return Files.exists(root.resolve("self/stat")) || Files.exists(root.resolve("net/tcp"));
    }

    /** Whether the ids of processes here are other than those of the machine. */
    boolean inNestedNamespace() {
        try {
            return !Files.readSymbolicLink(root.resolve("self/ns/pid"))
                    .toString()
                    .equals(FIRST_NAMESPACE);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** All processes, by their ids. */
    Map<Long, Process> processes() {
        Map<Long, Process> processes = new HashMap<>();
        ids().forEach(id -> process(id).ifPresent(process -> processes.put(id, process)));
        return processes;
    }

    private List<Long> ids() {
        List<Long> ids = new ArrayList<>();
        try {
            eachIn(root, file -> {
                String name = file.getFileName().toString();
                if (name.matches("[1-9][0-9]{0,9}")) {
                    ids.add(Long.valueOf(name));
                }
            });
        } catch (IOException e) {
            ids.clear();
        }
        return ids;
    }

    private Optional<Process> process(long id) {
        Matcher stat = STAT.matcher(line(root.resolve(id + "/stat")));
        return stat.matches()
                ? Optional.of(new Process(id, Long.parseLong(stat.group(2)), stat.group(1)))
                : Optional.empty();
    }

    private static String line(Path file) {
        char[] text = new char[LONGEST_LINE];
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            int length = reader.read(text);
            return new String(text, 0, Math.max(0, length));
        } catch (IOException e) {
            return "";
        }
    }

    /**
     * Hands out the lines of a table such as {@code net/tcp}, a million of them at most; none where there is no such table.
     * Lines that are not as expected are passed over: a newer kernel may write more than is known here.
     */
    void eachLine(String table, Consumer<String> line) {
        try (BufferedReader reader = Files.newBufferedReader(root.resolve(table), StandardCharsets.ISO_8859_1)) {
            reader.lines().limit(MOST_LINES).forEach(text -> tryLine(line, text));
        } catch (IOException | UncheckedIOException e) {
            // a kernel without IPv6 has no net/tcp6; a table that breaks off has told what it had
        }
    }

    private static void tryLine(Consumer<String> line, String text) {
        try {
            line.accept(text);
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            // no line of a socket
        }
    }

    /** Who has one of these sockets open, by their numbers. */
    Owners owners(Set<Long> sockets) {
        Set<Long> owners = new HashSet<>();
        boolean refused = false;
        for (long id : ids()) {
            try {
                eachIn(root.resolve(id + "/fd"), file -> {
                    if (isOneOf(sockets, file)) {
                        owners.add(id);
                    }
                });
            } catch (AccessDeniedException e) {
                refused = true;
            } catch (IOException e) {
                // it has just ended
            }
        }
        return new Owners(owners, refused);
    }

    private static boolean isOneOf(Set<Long> sockets, Path file) {
        try {
            Matcher socket = SOCKET.matcher(Files.readSymbolicLink(file).toString());
            return socket.matches() && sockets.contains(Long.valueOf(socket.group(1)));
        } catch (IOException e) {
            return false;
        }
    }

    private void eachIn(Path folder, Consumer<Path> each) throws IOException {
        try (DirectoryStream<Path> files = folders.open(folder)) {
            files.forEach(each);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }
}
