/**
 * Snapshots and results to and from JSON.
 *
 * <p>NaN is never written: where there is no number, the reason stands in its place. The form is described by
 * {@code collect.schema.json} beside this package.
 */
@NullMarked
package io.inferencemetrics.json;

import org.jspecify.annotations.NullMarked;
