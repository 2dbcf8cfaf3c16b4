package io.inferencemetrics.tgi;

import io.inferencemetrics.testkit.SimulatedEngine;
import io.inferencemetrics.testkit.contract.EngineContract;
import java.util.stream.Stream;

class TgiEngineTest extends EngineContract {
    @Override
    protected String engine() {
        return "tgi";
    }

    @Override
    protected Stream<SimulatedEngine> simulated() {
        return Stream.of(SimulatedEngine.tgi(), SimulatedEngine.tgi().hangUps(0.3));
    }
}
