package io.inferencemetrics.internal.transport;

import io.inferencemetrics.transport.FetchRequest;
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

    private final ReadableByteChannel channel;
    private final FetchRequest request;
    private final BodyReceiver receiver;
    private final ByteBuffer buffer = ByteBuffer.allocate(16_384).limit(0);

    HttpResponseReader(ReadableByteChannel channel, FetchRequest request, BodyReceiver receiver) {
        this.channel = channel;
        this.request = request;
        this.receiver = receiver;
    }

    /** Reads the whole response; the body goes to the receiver. */
    void read() throws IOException {
        int status = status(line());
        Map<String, String> headers = headers();
        if (status != 200) {
            throw Failures.status(request.target(), status, "");
        }
        receiver.begin(header(headers, "content-type"), header(headers, "content-encoding"));
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
        if (words.length < 2 || !words[0].startsWith("HTTP/1.")) {
            throw new IOException("an HTTP/1.1 status line was expected");
        }
        return (int) number(words[1], 10);
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("a header was expected");
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
            if (headers.size() > MAX_HEADERS) {
                throw new IOException("more than " + MAX_HEADERS + " headers");
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
            receiver.receive(buffer.slice(buffer.position(), take));
            buffer.position(buffer.position() + take);
            left -= take;
        }
    }

    private void readToEnd() throws IOException {
        while (buffer.hasRemaining() || fill()) {
            receiver.receive(buffer);
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
        try {
            long number = Long.parseLong(text.strip(), radix);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IOException("a number was expected, not '" + text + "'", e);
        }
        throw new IOException("a length cannot be negative");
    }
}
