package io.inferencemetrics.doctor;

import java.util.List;
import java.util.Optional;

/**
 * What an examination found out.
 *
 * @param target the address that was examined, without secrets; {@code local:gpu} for the GPUs of this machine
 * @param engine the id of the engine, or of what reads the GPUs; empty where it was not found out
 * @param findings what matters most first; never empty
 * @param asked what the server was asked, in order, as paths; {@code connect} is a connection without a request; of GPUs
 *     what was looked at of this machine
 */
public record Diagnosis(String target, Optional<String> engine, List<Finding> findings, List<String> asked) {

    /** Makes the lists immutable. */
    public Diagnosis {
        findings = List.copyOf(findings);
        asked = List.copyOf(asked);
    }

    /** What matters most. */
    public Finding finding() {
        return findings.get(0);
    }

    /** What is wrong and what to do, in one sentence; or that all is well. */
    public String sentence() {
        return finding().sentence();
    }

    /** How much stands in the way of reading the server: the severity of what matters most. */
    public Severity severity() {
        return finding().severity();
    }
}
