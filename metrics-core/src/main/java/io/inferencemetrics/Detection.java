package io.inferencemetrics;

import io.inferencemetrics.snapshot.VersionRange;
import java.util.List;
import java.util.Optional;

/**
 * Which engine a target is, judged by the names in its metrics.
 *
 * @param target the address that was read, without secrets
 * @param engine the id of the engine; empty where no known engine's names were found
 * @param title the engine's name for people; empty with the id
 * @param installed whether a module that reads it is installed
 * @param version the engine versions that the names allow; inferred
 * @param families the engine's families on the wire
 * @param others names of no known engine
 */
public record Detection(
        String target,
        Optional<String> engine,
        Optional<String> title,
        boolean installed,
        VersionRange version,
        List<String> families,
        List<String> others) {}
