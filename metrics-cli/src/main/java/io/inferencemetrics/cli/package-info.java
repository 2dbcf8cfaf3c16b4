/** The command line: one class for each command, and one for each way of printing. */
@NullMarked
package io.inferencemetrics.cli;

import org.jspecify.annotations.NullMarked;
