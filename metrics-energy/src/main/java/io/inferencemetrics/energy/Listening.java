package io.inferencemetrics.energy;

import io.inferencemetrics.transport.Target;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The sockets on which an address of this machine is listened for. */
final class Listening {
    private static final String LISTEN = "0A";
    private static final int UNIX_LISTENS = 0x10000;

    private final ProcFiles proc;

    Listening(ProcFiles proc) {
        this.proc = proc;
    }

    /**
     * The addresses of this machine among those of the target's host; empty where it is another machine. May ask the
     * system's resolver.
     */
    static List<InetAddress> ownAddresses(Target target) {
        try {
            return Arrays.stream(InetAddress.getAllByName(target.uri().getHost()))
                    .filter(Listening::isOwn)
                    .toList();
        } catch (UnknownHostException e) {
            return List.of();
        }
    }

    private static boolean isOwn(InetAddress address) {
        try {
            return address.isLoopbackAddress()
                    || address.isAnyLocalAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return false;
        }
    }

    static int port(Target target) {
        int port = target.uri().getPort();
        int usual = target.uri().getScheme().equals("https") ? 443 : 80;
        return port < 0 ? usual : port;
    }

    /** The numbers of the sockets that listen for one of these addresses, else of those that listen for any address. */
    Set<Long> at(List<InetAddress> addresses, int port) {
        Set<Long> exact = new HashSet<>();
        Set<Long> any = new HashSet<>();
        for (String table : List.of("net/tcp", "net/tcp6")) {
            proc.eachLine(table, line -> {
                String[] words = line.strip().split("\\s+");
                if (words.length < 10 || !words[3].equals(LISTEN) || port(words[1]) != port) {
                    return;
                }
                InetAddress bound = address(words[1]);
                boolean wanted = addresses.contains(bound);
                if (wanted || bound.isAnyLocalAddress()) {
                    (wanted ? exact : any).add(Long.parseUnsignedLong(words[9]));
                }
            });
        }
        return exact.isEmpty() ? any : exact;
    }

    private static int port(String bound) {
        return Integer.parseInt(bound.substring(bound.indexOf(':') + 1), 16);
    }

    /** {@code 0100007F:1F40}: words of four bytes, each as a number of this machine; an IPv4 address within IPv6 is one. */
    private static InetAddress address(String bound) {
        String hex = bound.substring(0, bound.indexOf(':'));
        ByteBuffer bytes = ByteBuffer.allocate(hex.length() / 2).order(ByteOrder.nativeOrder());
        for (int at = 0; at < hex.length(); at += 8) {
            bytes.putInt(Integer.parseUnsignedInt(hex.substring(at, at + 8), 16));
        }
        try {
            return InetAddress.getByAddress(bytes.array());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of 4 or 16 bytes was expected, not " + bound, e);
        }
    }

    /** The numbers of the sockets that listen on a path: {@code Num RefCount Protocol Flags Type St Inode Path}. */
    Set<Long> at(Path socket) {
        List<Long> numbers = new ArrayList<>();
        proc.eachLine("net/unix", line -> {
            String[] words = line.strip().split("\\s+", 8);
            if (words.length == 8
                    && words[7].equals(socket.toString())
                    && (Integer.parseUnsignedInt(words[3], 16) & UNIX_LISTENS) != 0) {
                numbers.add(Long.parseUnsignedLong(words[6]));
            }
        });
        return new HashSet<>(numbers);
    }
}
