/**
 * What is known about the metrics of an engine, as data: one file per engine, a table that a person can read.
 *
 * <p>An application may add rows or override them at run time with
 * {@link io.inferencemetrics.catalog.Catalog#withRows(String, String)}.
 */
@NullMarked
package io.inferencemetrics.catalog;

import org.jspecify.annotations.NullMarked;
