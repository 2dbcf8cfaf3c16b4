/** Engines that need no GPU: they speak their real formats over simulated traffic. */
@NullMarked
package io.inferencemetrics.testkit;

import org.jspecify.annotations.NullMarked;
