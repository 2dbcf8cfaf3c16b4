/** What reading costs, measured with JMH. Each class states its question, and checks the answer before it is timed. */
@NullMarked
package io.inferencemetrics.benchmarks;

import org.jspecify.annotations.NullMarked;
