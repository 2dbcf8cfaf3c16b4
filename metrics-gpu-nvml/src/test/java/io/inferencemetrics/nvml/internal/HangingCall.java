package io.inferencemetrics.nvml.internal;

import java.util.concurrent.CountDownLatch;

/** A call into a driver that does not come back until the test lets it go. */
final class HangingCall {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    /** Hangs, in the thread that reads the device. */
    void hang() {
        reached.countDown();
        try {
            released.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until it hangs. */
    void awaitHanging() throws InterruptedException {
        reached.await();
    }

    /** Lets it, and all that come after it, go. */
    void release() {
        released.countDown();
    }
}
