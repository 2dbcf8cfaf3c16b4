package io.inferencemetrics.doctor;

/**
 * One thing that was found out about a server.
 *
 * @param cause what it is, for programs
 * @param problem what is the matter, without a full stop; names the server
 * @param remedy what to do, without a full stop; empty where nothing needs to be done
 */
public record Finding(Cause cause, String problem, String remedy) {

    /** The problem and its remedy in one sentence. */
    public String sentence() {
        return problem + (remedy.isEmpty() ? "" : ": " + remedy) + ".";
    }

    /** How much it stands in the way. */
    public Severity severity() {
        return cause.severity();
    }
}
