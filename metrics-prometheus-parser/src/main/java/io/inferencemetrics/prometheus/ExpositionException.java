package io.inferencemetrics.prometheus;

/** Says at which line and column a body breaks the rules of its format, and how. */
public class ExpositionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The line, counted from 1. */
    private final long line;

    /** The column in bytes, counted from 1. */
    private final int column;

    /** What is wrong there. */
    private final String reason;

    /**
     * An error at a place.
     *
     * @param line counted from 1
     * @param column in bytes, counted from 1
     * @param reason what was expected and what came, without the place
     */
    public ExpositionException(long line, int column, String reason) {
        super("line " + line + ", column " + column + ": " + reason);
        this.line = line;
        this.column = column;
        this.reason = reason;
    }

    /** The line of the body, counted from 1. */
    public long line() {
        return line;
    }

    /** The column in bytes from the start of the line, counted from 1. */
    public int column() {
        return column;
    }

    /** What was expected and what came, without the place. */
    public String reason() {
        return reason;
    }
}
