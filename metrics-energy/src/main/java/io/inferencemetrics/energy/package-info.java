/**
 * Which GPUs serve a server of this machine, and how many joules they take for a token that it generates.
 *
 * <p>Energy is a device's: it is told neither of a process nor of a part of a device (MIG), and never split by guess.
 */
@NullMarked
package io.inferencemetrics.energy;

import org.jspecify.annotations.NullMarked;
