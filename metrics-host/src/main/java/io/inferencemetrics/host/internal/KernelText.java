package io.inferencemetrics.host.internal;

import io.inferencemetrics.snapshot.Absence;
import java.util.Optional;

/**
 * The text of one of the kernel's files.
 *
 * @param text empty where there is none
 * @param absent why there is no text; empty also where there is no such file
 */
record KernelText(String text, Optional<Absence> absent) {
    /** Of a file that is not there. */
    static final KernelText NO_FILE = new KernelText("");

    KernelText(String text) {
        this(text, Optional.empty());
    }

    static KernelText absent(Absence reason) {
        return new KernelText("", Optional.of(reason));
    }

    /** The number that is all of the text. */
    Said number() {
        return text.isBlank() ? nothing() : Said.number(text.strip());
    }

    /** The number behind a key, in lines such as {@code usage_usec 123}. */
    Said number(String key) {
        return text.lines()
                .filter(line -> line.startsWith(key + " "))
                .findFirst()
                .map(line -> Said.number(line.substring(key.length()).strip()))
                .orElseGet(this::nothing);
    }

    /** What is said where there is no number: the reason, or nothing at all. */
    Said nothing() {
        return absent.map(Said::absent).orElse(Said.NOTHING);
    }
}
