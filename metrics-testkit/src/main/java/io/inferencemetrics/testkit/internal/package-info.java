/** How the simulated engines work: a model of traffic, a table of families per engine, a writer per format. */
@NullMarked
package io.inferencemetrics.testkit.internal;

import org.jspecify.annotations.NullMarked;
