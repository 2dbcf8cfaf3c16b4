package io.inferencemetrics;

import java.util.List;

/** Something was asked for that no installed module reads; says which there are, and what to add. */
public final class UnknownEngineException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    UnknownEngineException(String what, String artifact, List<String> installed, List<String> broken) {
        super("no installed module reads " + what + "; installed: "
                + (installed.isEmpty() ? "none" : String.join(", ", installed))
                + ". Add the dependency io.inferencemetrics:" + artifact + "."
                + (broken.isEmpty() ? "" : " Left out because it cannot be used: " + String.join("; ", broken)));
    }
}
