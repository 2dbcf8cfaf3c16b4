package io.inferencemetrics.identity;

import java.util.Optional;

/**
 * What a server says about itself in one respect, or why that is not known.
 *
 * @param <T> what is said
 */
public sealed interface Fact<T> {

    /** What the server says; empty where it is not known. */
    Optional<T> optional();

    /** The server says this. */
    record Known<T>(T value, String source) implements Fact<T> {
        /**
         * Holds an answer.
         *
         * @param source the path that was asked
         */
        public Known {}

        @Override
        public Optional<T> optional() {
            return Optional.of(value);
        }
    }

    /**
     * It is not known.
     *
     * @param reason of all that was tried, what tells most
     * @param detail the reason in a sentence; nothing of what the server sent
     */
    record Unknown<T>(Reason reason, String detail) implements Fact<T> {
        @Override
        public Optional<T> optional() {
            return Optional.empty();
        }
    }

    /** Why something is not known, what tells most first. */
    enum Reason {
        /** The server refused: it wants a key, or another one. */
        NEEDS_TOKEN,
        /** No connection, or it broke. */
        UNREACHABLE,
        /** The time for all questions was over. */
        TIMEOUT,
        /** The server answered with an error. */
        FAILED,
        /** The answer was larger than allowed, no JSON, or not of the kind expected. */
        UNUSABLE,
        /** To ask would cost the engine more than allowed. */
        NOT_ASKED,
        /** This server has no such endpoint, or says nothing of the kind there. */
        NOT_THERE,
        /** No endpoint is known for it in this engine, or in these versions of it. */
        NO_QUESTION
    }
}
