package io.inferencemetrics.testkit.internal;

import java.time.Instant;

/**
 * What a simulation starts from.
 *
 * @param seed of everything that chance decides
 * @param model as the engine calls it
 * @param requestsPerSecond on average and for each data-parallel engine, 0 for none
 * @param started when the engine started
 * @param variant how it is set up
 */
public record Setup(long seed, String model, double requestsPerSecond, Instant started, Variant variant) {}
