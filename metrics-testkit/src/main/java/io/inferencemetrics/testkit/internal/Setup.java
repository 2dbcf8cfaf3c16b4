package io.inferencemetrics.testkit.internal;

import java.time.Instant;

/**
 * What a simulation starts from.
 *
 * @param seed of everything that chance decides
 * @param model as the engine calls it
 * @param requestsPerSecond on average, 0 for none
 * @param started when the engine started
 */
public record Setup(long seed, String model, double requestsPerSecond, Instant started) {}
