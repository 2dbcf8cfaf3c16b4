package io.inferencemetrics.testkit.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What is answered to a request.
 *
 * @param status of HTTP
 * @param contentType empty for no such header
 * @param body as meant; what is sent of it is decided by the delivery
 * @param delivery how the body is sent
 */
public record Answer(int status, String contentType, String body, Delivery delivery) {
    private static final String JSON = "application/json";
    private static final String PLAIN = "text/plain; charset=utf-8";

    /** How a body is sent. */
    public enum Delivery {
        /** As it should be. */
        WHOLE,
        /** The connection ends before as many bytes came as were announced. */
        CUT,
        /** Fewer bytes are announced than the body has, and no more are sent. */
        ANNOUNCED_SHORT,
        /** More and more samples follow the body until the client hangs up. */
        ENDLESS
    }

    /** Status 200. */
    public static Answer ok(String contentType, String body) {
        return new Answer(200, contentType, body, Delivery.WHOLE);
    }

    /** Status 200 without a body or its type. */
    public static Answer empty() {
        return ok("", "");
    }

    /** JSON text. */
    public static Answer json(int status, String body) {
        return new Answer(status, JSON, body, Delivery.WHOLE);
    }

    /** Plain text. */
    public static Answer plain(int status, String body) {
        return new Answer(status, PLAIN, body, Delivery.WHOLE);
    }

    /** The same with another body. */
    public Answer withBody(String value) {
        return new Answer(status, contentType, value, delivery);
    }

    /** The same, sent otherwise. */
    public Answer sent(Delivery value) {
        return new Answer(status, contentType, body, value);
    }

    /** The bytes of the body that are sent; of an endless one the beginning. */
    public byte[] sentBytes() {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return delivery == Delivery.CUT || delivery == Delivery.ANNOUNCED_SHORT
                ? Arrays.copyOf(bytes, bytes.length * 2 / 3)
                : bytes;
    }

    /** How many bytes the header announces; 0 for a length that is not known before, -1 for no body. */
    long announcedLength() {
        if (delivery == Delivery.ENDLESS) {
            return 0;
        }
        int length = delivery == Delivery.CUT ? body.getBytes(StandardCharsets.UTF_8).length : sentBytes().length;
        return length == 0 ? -1 : length;
    }
}
