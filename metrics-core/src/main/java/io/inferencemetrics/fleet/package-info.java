/** Several servers as one: what their snapshots say together, and who said nothing. */
@NullMarked
package io.inferencemetrics.fleet;

import org.jspecify.annotations.NullMarked;
