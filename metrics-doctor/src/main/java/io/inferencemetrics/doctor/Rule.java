package io.inferencemetrics.doctor;

import java.util.Optional;

/** Recognises one cause. */
@FunctionalInterface
interface Rule {

    /** What it finds; empty where its cause is not the case. */
    Optional<Finding> judge(Examination examination);
}
