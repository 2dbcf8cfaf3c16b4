package io.inferencemetrics.vllm;

import io.inferencemetrics.testkit.SimulatedEngine;
import io.inferencemetrics.testkit.contract.EngineContract;
import java.util.stream.Stream;

class VllmEngineTest extends EngineContract {
    @Override
    protected String engine() {
        return "vllm";
    }

    @Override
    protected Stream<SimulatedEngine> simulated() {
        return Stream.of(
                SimulatedEngine.vllm("0.6"),
                SimulatedEngine.vllm("0.8"),
                SimulatedEngine.vllm("0.11"),
                SimulatedEngine.vllm("0.11").multiProcess(),
                SimulatedEngine.vllm("0.16"),
                SimulatedEngine.vllm("0.32").hangUps(0.3),
                SimulatedEngine.vllm("0.32").dataParallel(2),
                SimulatedEngine.vllm("0.32").multiProcess(),
                SimulatedEngine.vllm("0.32").loras("a", "b"));
    }
}
