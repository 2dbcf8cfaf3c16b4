/**
 * What one scrape found: values with their provenance, absences with their reason, and a report on both.
 *
 * <p>A missing value is never zero. Asked for a number, a snapshot answers {@code NaN} where there is none; asked for a
 * {@link io.inferencemetrics.snapshot.Reading}, it says why.
 */
@NullMarked
package io.inferencemetrics.snapshot;

import org.jspecify.annotations.NullMarked;
