package io.inferencemetrics.internal.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks gzip as it arrives; the stream may be cut anywhere.
 *
 * <p>The JDK's own reader pulls from a stream and would block a thread. RFC 1952; several members may follow each other.
 */
final class Gunzip implements AutoCloseable {
    private static final int FHCRC = 2;
    private static final int FEXTRA = 4;
    private static final int FNAME = 8;
    private static final int FCOMMENT = 16;
    private static final int FIXED_HEADER = 10;
    private static final int TRAILER = 8;

    private enum State {
        HEADER,
        EXTRA_LENGTH,
        EXTRA,
        NAME,
        COMMENT,
        HEADER_CRC,
        BODY,
        TRAILER
    }

    private final Consumer<ByteBuffer> out;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] plain = new byte[16_384];
    private State state = State.HEADER;
    private int flags;
    private int count;
    private long number;
    private boolean complete;

    Gunzip(Consumer<ByteBuffer> out) {
        this.out = out;
    }

    /** Whether the stream so far is a whole number of members, and at least one. */
    boolean isComplete() {
        return complete;
    }

    void feed(ByteBuffer packed) throws IOException {
        while (packed.hasRemaining()) {
            if (state == State.BODY) {
                inflate(packed);
            } else {
                frame(packed.get() & 0xFF);
            }
        }
    }

    private void inflate(ByteBuffer packed) throws IOException {
        inflater.setInput(packed);
        try {
            int length;
            while ((length = inflater.inflate(plain)) > 0) {
                crc.update(plain, 0, length);
                out.accept(ByteBuffer.wrap(plain, 0, length));
            }
        } catch (DataFormatException e) {
            throw new IOException("the gzip stream is damaged", e);
        }
        if (inflater.finished()) {
            enter(State.TRAILER);
        } else if (inflater.needsDictionary()) {
            throw new IOException("the gzip stream is damaged");
        }
    }

    /** One byte of what stands around the packed data. */
    private void frame(int b) throws IOException {
        complete = false;
        switch (state) {
            case HEADER -> header(b);
            case EXTRA_LENGTH -> {
                number |= (long) b << (8 * count);
                if (++count == 2) {
                    count = (int) number;
                    state = count > 0 ? State.EXTRA : afterExtra();
                }
            }
            case EXTRA -> {
                if (--count == 0) {
                    enter(afterExtra());
                }
            }
            case NAME -> {
                if (b == 0) {
                    enter(afterName());
                }
            }
            case COMMENT -> {
                if (b == 0) {
                    enter(afterComment());
                }
            }
            case HEADER_CRC -> {
                if (++count == 2) {
                    enter(State.BODY);
                }
            }
            case TRAILER -> trailer(b);
            case BODY -> throw new IllegalStateException("the body is not framed");
        }
    }

    private void header(int b) throws IOException {
        boolean magic = count == 0 ? b == 0x1F : count == 1 ? b == 0x8B : count != 2 || b == 8;
        if (!magic) {
            throw new IOException("the body was expected to be gzip and is not");
        }
        flags = count == 3 ? b : flags;
        if (++count == FIXED_HEADER) {
            enter((flags & FEXTRA) != 0 ? State.EXTRA_LENGTH : afterExtra());
        }
    }

    private State afterExtra() {
        return (flags & FNAME) != 0 ? State.NAME : afterName();
    }

    private State afterName() {
        return (flags & FCOMMENT) != 0 ? State.COMMENT : afterComment();
    }

    private State afterComment() {
        return (flags & FHCRC) != 0 ? State.HEADER_CRC : State.BODY;
    }

    private void trailer(int b) throws IOException {
        number |= (long) b << (8 * count);
        if (++count < TRAILER) {
            return;
        }
        long expected = crc.getValue() | (inflater.getBytesWritten() << 32);
        if (number != expected) {
            throw new IOException("the gzip stream is damaged: its checksum or length is wrong");
        }
        inflater.reset();
        crc.reset();
        enter(State.HEADER);
        complete = true;
    }

    private void enter(State next) {
        state = next;
        count = 0;
        number = 0;
    }

    @Override
    public void close() {
        inflater.end();
    }
}
