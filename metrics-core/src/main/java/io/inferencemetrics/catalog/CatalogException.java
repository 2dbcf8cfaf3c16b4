package io.inferencemetrics.catalog;

/** A catalogue that cannot be read: names the source, the line, and what was expected there. */
public final class CatalogException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param line counted from 1
     */
    public CatalogException(String source, int line, String problem) {
        super(source + ", line " + line + ": " + problem);
    }
}
