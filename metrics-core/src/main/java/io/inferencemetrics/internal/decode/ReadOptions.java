package io.inferencemetrics.internal.decode;

import io.inferencemetrics.prometheus.ParserLimits;
import java.time.Duration;

/**
 * How bodies are read.
 *
 * @param staleAfter how old a value with a time of its own may be
 * @param keepRawSamples whether snapshots can list all samples
 * @param keepBody whether snapshots can give the body back
 */
public record ReadOptions(Duration staleAfter, boolean keepRawSamples, boolean keepBody, ParserLimits limits) {}
