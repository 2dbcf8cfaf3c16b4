package io.inferencemetrics.vllm;

import io.inferencemetrics.testkit.contract.EngineContract;

class VllmEngineTest extends EngineContract {
    @Override
    protected String engine() {
        return "vllm";
    }
}
