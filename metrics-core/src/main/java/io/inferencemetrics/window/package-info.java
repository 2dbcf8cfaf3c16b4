/** What happened between two snapshots of one server: rates, quantiles, means and ratios. */
@NullMarked
package io.inferencemetrics.window;

import org.jspecify.annotations.NullMarked;
