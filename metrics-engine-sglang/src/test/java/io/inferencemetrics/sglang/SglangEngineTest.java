package io.inferencemetrics.sglang;

import io.inferencemetrics.testkit.SimulatedEngine;
import io.inferencemetrics.testkit.contract.EngineContract;
import java.util.stream.Stream;

class SglangEngineTest extends EngineContract {
    @Override
    protected String engine() {
        return "sglang";
    }

    @Override
    protected Stream<SimulatedEngine> simulated() {
        return Stream.of(
                SimulatedEngine.sglang("0.3.5"),
                SimulatedEngine.sglang("0.4"),
                SimulatedEngine.sglang("0.5"),
                SimulatedEngine.sglang("0.5").dataParallel(2),
                SimulatedEngine.sglang("0.5").tensorParallel(2),
                SimulatedEngine.sglang("0.5").tensorParallel(2).allSchedulers(),
                SimulatedEngine.sglang("0.5").attentionParallel(2),
                SimulatedEngine.sglang("0.5").rustFrontEnd());
    }
}
