package io.inferencemetrics.doctor;

import java.time.Duration;

/** Lets time pass between two reads. */
@FunctionalInterface
interface Pause {
    void of(Duration time) throws InterruptedException;
}
