package io.inferencemetrics;

import java.util.List;

/** An engine was asked for of which no module is installed; says which are, and what to add. */
public final class UnknownEngineException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    UnknownEngineException(String engine, List<String> installed, List<String> broken) {
        super("no installed module reads the engine '" + engine + "'; installed: "
                + (installed.isEmpty() ? "none" : String.join(", ", installed))
                + ". Add the dependency io.inferencemetrics:metrics-engine-" + engine + "."
                + (broken.isEmpty() ? "" : " Left out because it cannot be used: " + String.join("; ", broken)));
    }
}
