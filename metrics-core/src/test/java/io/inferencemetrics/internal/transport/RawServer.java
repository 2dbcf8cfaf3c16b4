package io.inferencemetrics.internal.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** A server that does what no well-behaved one would: each connection is handed to a script. */
final class RawServer implements AutoCloseable {
    interface Script {
        void serve(Socket client, InputStream in, OutputStream out) throws IOException;
    }

    private final ServerSocket listener;

    RawServer() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    String address() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /** Runs the script on the next connection, after its request head was read; done when the script is. */
    CompletableFuture<Void> next(Script script) {
        return CompletableFuture.runAsync(
                () -> {
                    try (Socket client = listener.accept()) {
                        InputStream in = client.getInputStream();
                        for (int newlines = 0; newlines < 2; ) {
                            int b = in.read();
                            newlines = b == '\n' ? newlines + 1 : b == '\r' ? newlines : 0;
                        }
                        script.serve(client, in, client.getOutputStream());
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                },
                task -> new Thread(task, "raw-server").start());
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
