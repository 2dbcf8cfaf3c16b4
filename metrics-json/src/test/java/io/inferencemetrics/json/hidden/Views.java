package io.inferencemetrics.json.hidden;

/** Gives out what its package hides. */
public final class Views {
    private Views() {}

    /** A view that other packages cannot see. */
    public static Record hidden() {
        return new HiddenView(1);
    }
}
