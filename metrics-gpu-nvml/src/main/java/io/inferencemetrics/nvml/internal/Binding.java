package io.inferencemetrics.nvml.internal;

/** How libraries are bound here: through JNA, or, where this class is replaced by the one for Java 22, without it. */
final class Binding {
    private Binding() {}

    /**
     * Binds a library.
     *
     * @param library a file, or a name that the system looks up
     * @throws LinkageError when it cannot be loaded
     */
    static Nvml open(String library) {
        return JnaBinding.open(library);
    }
}
