package io.inferencemetrics.prometheus;

/**
 * How much a parser takes from one body before it throws {@link LimitExceededException}, in lenient mode too.
 *
 * @param maxLineBytes the longest line in bytes, without its newline; also bounds what a parser keeps in memory
 * @param maxLabels the most labels on one sample, and on its exemplar
 * @param maxSamples the most samples in one body
 * @param maxBodyBytes the most bytes in one body
 */
public record ParserLimits(int maxLineBytes, int maxLabels, long maxSamples, long maxBodyBytes) {
    /** 2 MiB a line, 4,096 labels a sample, 5 million samples and 256 MiB a body. */
    public static final ParserLimits DEFAULTS = new ParserLimits(2 << 20, 4096, 5_000_000, 256L << 20);

    /**
     * Limits that are all at least 1.
     *
     * @throws IllegalArgumentException when one is less
     */
    public ParserLimits {
        requirePositive("maxLineBytes", maxLineBytes);
        requirePositive("maxLabels", maxLabels);
        requirePositive("maxSamples", maxSamples);
        requirePositive("maxBodyBytes", maxBodyBytes);
    }

    /** These limits with another longest line in bytes. */
    public ParserLimits withMaxLineBytes(int bytes) {
        return new ParserLimits(bytes, maxLabels, maxSamples, maxBodyBytes);
    }

    /** These limits with another number of labels a sample. */
    public ParserLimits withMaxLabels(int labels) {
        return new ParserLimits(maxLineBytes, labels, maxSamples, maxBodyBytes);
    }

    /** These limits with another number of samples a body. */
    public ParserLimits withMaxSamples(long samples) {
        return new ParserLimits(maxLineBytes, maxLabels, samples, maxBodyBytes);
    }

    /** These limits with another size of the body in bytes. */
    public ParserLimits withMaxBodyBytes(long bytes) {
        return new ParserLimits(maxLineBytes, maxLabels, maxSamples, bytes);
    }

    private static void requirePositive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, but is " + value);
        }
    }
}
