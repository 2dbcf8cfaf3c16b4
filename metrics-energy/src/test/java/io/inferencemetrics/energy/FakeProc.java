package io.inferencemetrics.energy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/** A folder that says what {@code /proc} would. */
final class FakeProc {
    private static final String FIRST_NAMESPACE = "pid:[4026531836]";

    private final Path root;
    private final Set<Path> refused = new HashSet<>();

    FakeProc(Path root) {
        this.root = root;
        write("self/stat", "1 (init) S 0 1 1\n");
        namespace(FIRST_NAMESPACE);
        write(
                "net/tcp",
                "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n");
        write("net/unix", "Num       RefCount Protocol Flags    Type St Inode Path\n");
    }

    GpuFinder finder() {
        ProcFiles.Folders usual = Files::newDirectoryStream;
        return new GpuFinder(new ProcFiles(root, folder -> {
            if (refused.contains(folder)) {
                throw new AccessDeniedException(folder.toString());
            }
            return usual.open(folder);
        }));
    }

    FakeProc process(long id, long parent, String name) {
        write(id + "/stat", id + " (" + name + ") S " + parent + " 1 1 0 -1\n");
        createFolder(root.resolve(id + "/fd"));
        return this;
    }

    /** A process listens on a bound address as the kernel writes it, such as {@code 0100007F:1F40}. */
    FakeProc listens(long id, String bound, long socket) {
        return listed(bound, socket).holds(id, socket);
    }

    /** Someone listens. */
    FakeProc listed(String bound, long socket) {
        write(bound.length() > 20 ? "net/tcp6" : "net/tcp", line(bound, "0A", socket));
        return this;
    }

    /** A connection to a port, which is no listener. */
    FakeProc connection(long id, String bound, long socket) {
        write("net/tcp", line(bound, "01", socket));
        return holds(id, socket);
    }

    FakeProc listens(long id, Path socketFile, long socket) {
        write("net/unix", "00000000: 00000002 00000000 00010000 0001 01 " + socket + " " + socketFile + "\n");
        return holds(id, socket);
    }

    FakeProc holds(long id, long socket) {
        link(id + "/fd/" + socket, "socket:[" + socket + "]");
        link(id + "/fd/0", "/dev/null");
        return this;
    }

    FakeProc refuses(long id) {
        refused.add(root.resolve(id + "/fd"));
        return this;
    }

    FakeProc nested() {
        return namespace("pid:[4026532201]");
    }

    private FakeProc namespace(String name) {
        link("self/ns/pid", name);
        return this;
    }

    private static String line(String bound, String state, long socket) {
        return "   0: " + bound + " 00000000:0000 " + state + " 00000000:00000000 00:00000000 00000000  1000        0 "
                + socket + " 1 0000000000000000 100 0 0 10 0\n";
    }

    private void write(String file, String text) {
        try {
            Path path = root.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void link(String file, String to) {
        try {
            Path path = root.resolve(file);
            Files.createDirectories(path.getParent());
            Files.deleteIfExists(path);
            Files.createSymbolicLink(path, Path.of(to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void createFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
