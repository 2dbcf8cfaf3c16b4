package io.inferencemetrics.llamacpp;

import io.inferencemetrics.testkit.SimulatedEngine;
import io.inferencemetrics.testkit.contract.EngineContract;
import java.util.stream.Stream;

class LlamacppEngineTest extends EngineContract {
    @Override
    protected String engine() {
        return "llamacpp";
    }

    @Override
    protected Stream<SimulatedEngine> simulated() {
        return Stream.of(SimulatedEngine.llamaCpp(), SimulatedEngine.llamaCpp().hangUps(0.3));
    }
}
