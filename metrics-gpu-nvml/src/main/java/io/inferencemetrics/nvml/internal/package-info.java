/**
 * From NVML to the text of an exposition.
 *
 * <p>{@link io.inferencemetrics.nvml.internal.Nvml} is the library behind one method; what is asked stands in a table of
 * functions and a table of what their answers mean, so that the ways to bind the library cannot differ.
 */
@NullMarked
package io.inferencemetrics.nvml.internal;

import org.jspecify.annotations.NullMarked;
