/**
 * What a module provides: of an engine a catalogue and a view of its own, of a machine a catalogue and, where it can be read
 * in place, the text that says what is there.
 */
@NullMarked
package io.inferencemetrics.spi;

import org.jspecify.annotations.NullMarked;
