/** How a body gets from a target to the decoder: an SPI that pushes chunks, and the addresses it understands. */
@NullMarked
package io.inferencemetrics.transport;

import org.jspecify.annotations.NullMarked;
