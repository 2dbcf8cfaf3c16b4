package io.inferencemetrics.internal.transport;

import io.inferencemetrics.transport.ResponseHead;
import io.inferencemetrics.transport.Target;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads one HTTP/1.1 response from a channel: status, bounded headers, and a body of any framing. */
final class HttpResponseReader {
    private static final int MAX_LINE = 8_192;
    private static final int MAX_HEADERS = 100;
    private static final int MAX_INTERIM = 8;
    private static final int MAX_SHOWN = 40;

    /** Fits a long in any radix up to 16. */
    private static final int MAX_DIGITS = 15;

    private final ReadableByteChannel channel;
    private final Target target;
    private final Fetch fetch;
    private final ByteBuffer buffer = ByteBuffer.allocate(16_384).limit(0);

    HttpResponseReader(ReadableByteChannel channel, Target target, Fetch fetch) {
        this.channel = channel;
        this.target = target;
        this.fetch = fetch;
    }

    /**
     * Reads the whole response; the body that the sink takes goes to the fetch.
     *
     * @return the target that a redirect leads to; empty when the body is read
     */
    Optional<Target> read(int hops) throws IOException {
        int status = status(line());
        Map<String, String> headers = headers();
        for (int interim = 0; status / 100 == 1; interim++) {
            if (interim == MAX_INTERIM) {
                throw new IOException("more than " + MAX_INTERIM + " interim answers");
            }
            status = status(line());
            headers = headers();
        }
        ResponseHead head = new ResponseHead(status, header(headers, "content-type"), header(headers, "location"));
        if (!fetch.takes(target, head, hops)) {
            return Optional.of(Redirect.follow(target, status, head.location(), hops));
        }
        fetch.begin(head, header(headers, "content-encoding"));
        readBody(headers);
        return Optional.empty();
    }

    private void readBody(Map<String, String> headers) throws IOException {
        if (header(headers, "transfer-encoding")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .contains("chunked")) {
            readChunks();
        } else if (headers.containsKey("content-length")) {
            readExactly(number(headers.get("content-length"), 10));
        } else {
            readToEnd();
        }
    }

    private static Optional<String> header(Map<String, String> headers, String name) {
        return Optional.ofNullable(headers.get(name));
    }

    private static int status(String line) throws IOException {
        String[] words = line.split(" ", 3);
        if (words.length < 2 || !words[0].startsWith("HTTP/1.") || words[1].length() != 3) {
            throw new IOException("an HTTP/1.1 status line was expected");
        }
        return (int) number(words[1], 10);
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new TreeMap<>();
        int count = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            if (++count > MAX_HEADERS) {
                throw new IOException("more than " + MAX_HEADERS + " headers");
            }
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("a header was expected");
            }
            String value = line.substring(colon + 1).strip();
            String before = headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), value);
            if (before != null && !before.equals(value) && line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                throw new IOException("two lengths were given: " + shown(before) + " and " + shown(value));
            }
        }
        return headers;
    }

    private void readChunks() throws IOException {
        for (long size = chunkSize(); size > 0; size = chunkSize()) {
            readExactly(size);
            if (!line().isEmpty()) {
                throw new IOException("the end of a chunk was expected");
            }
        }
        headers();
    }

    private long chunkSize() throws IOException {
        String line = line();
        int extension = line.indexOf(';');
        return number((extension < 0 ? line : line.substring(0, extension)).strip(), 16);
    }

    private void readExactly(long length) throws IOException {
        long left = length;
        while (left > 0) {
            if (!buffer.hasRemaining() && !fill()) {
                throw Failures.endedEarly("the body");
            }
            int take = (int) Math.min(left, buffer.remaining());
            fetch.receive(buffer.slice(buffer.position(), take));
            buffer.position(buffer.position() + take);
            left -= take;
        }
    }

    private void readToEnd() throws IOException {
        while (buffer.hasRemaining() || fill()) {
            fetch.receive(buffer);
            buffer.position(buffer.limit());
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = next(); b != '\n'; b = next()) {
            line.append((char) b);
            if (line.length() > MAX_LINE) {
                throw new IOException("a line of the head is longer than " + MAX_LINE + " bytes");
            }
        }
        int length = line.length();
        return length > 0 && line.charAt(length - 1) == '\r' ? line.substring(0, length - 1) : line.toString();
    }

    private int next() throws IOException {
        if (!buffer.hasRemaining() && !fill()) {
            throw Failures.endedEarly("the head");
        }
        return buffer.get() & 0xFF;
    }

    private boolean fill() throws IOException {
        buffer.clear();
        int read = channel.read(buffer);
        buffer.flip();
        return read > 0;
    }

    private static long number(String text, int radix) throws IOException {
        boolean digits = !text.isEmpty() && text.chars().allMatch(c -> Character.digit(c, radix) >= 0);
        if (!digits || text.length() > MAX_DIGITS) {
            throw new IOException("a number was expected, not '" + shown(text) + "'");
        }
        return Long.parseLong(text, radix);
    }

    private static String shown(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
    }
}
