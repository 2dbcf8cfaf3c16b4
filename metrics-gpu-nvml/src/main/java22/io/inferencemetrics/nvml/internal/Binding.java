package io.inferencemetrics.nvml.internal;

/** How libraries are bound from Java 22 on: without JNA. */
final class Binding {
    private Binding() {}

    /**
     * Binds a library.
     *
     * @param library a file, or a name that the system looks up
     * @throws IllegalArgumentException when it cannot be loaded
     */
    static Nvml open(String library) {
        return ForeignBinding.open(library);
    }
}
