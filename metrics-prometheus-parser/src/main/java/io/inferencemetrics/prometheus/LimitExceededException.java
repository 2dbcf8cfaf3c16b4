package io.inferencemetrics.prometheus;

/** Says that a body is larger than {@link ParserLimits} allow; thrown in strict and in lenient mode. */
public final class LimitExceededException extends ExpositionException {
    private static final long serialVersionUID = 1L;

    /** The bounds that a body can exceed. */
    public enum Limit {
        /** {@link ParserLimits#maxLineBytes()}. */
        LINE_BYTES("bytes in a line", "maxLineBytes"),
        /** {@link ParserLimits#maxLabels()}. */
        LABELS("labels on a sample", "maxLabels"),
        /** {@link ParserLimits#maxSamples()}. */
        SAMPLES("samples in a body", "maxSamples"),
        /** {@link ParserLimits#maxBodyBytes()}. */
        BODY_BYTES("bytes in a body", "maxBodyBytes");

        private final String what;
        private final String setting;

        Limit(String what, String setting) {
            this.what = what;
            this.setting = setting;
        }
    }

    /** Which bound it was. */
    private final Limit limit;

    /** How much it allows. */
    private final long allowed;

    /**
     * A bound exceeded at a place.
     *
     * @param line counted from 1
     * @param column in bytes, counted from 1
     */
    public LimitExceededException(long line, int column, Limit limit, long allowed) {
        super(
                line,
                column,
                "more than " + allowed + " " + limit.what + "; raise ParserLimits." + limit.setting
                        + " if the body can be trusted");
        this.limit = limit;
        this.allowed = allowed;
    }

    /** Which bound the body exceeds. */
    public Limit limit() {
        return limit;
    }

    /** How much that bound allows. */
    public long allowed() {
        return allowed;
    }
}
