/** What every engine's module must pass: extend {@code EngineContract} and give it bodies. Needs JUnit Jupiter. */
@NullMarked
package io.inferencemetrics.testkit.contract;

import org.jspecify.annotations.NullMarked;
