/**
 * Who a server is, from its own endpoints: the exact version, models and adapters, the longest sequence, sleep, health.
 *
 * <p>What each engine is asked stands in its catalogue. No collector needs any of this.
 */
@NullMarked
package io.inferencemetrics.identity;

import org.jspecify.annotations.NullMarked;
