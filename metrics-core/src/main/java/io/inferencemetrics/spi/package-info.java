/** What an engine's module provides: a catalogue, and a view of its own. */
@NullMarked
package io.inferencemetrics.spi;

import org.jspecify.annotations.NullMarked;
