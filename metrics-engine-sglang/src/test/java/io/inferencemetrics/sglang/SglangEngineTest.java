package io.inferencemetrics.sglang;

import io.inferencemetrics.testkit.contract.EngineContract;

class SglangEngineTest extends EngineContract {
    @Override
    protected String engine() {
        return "sglang";
    }
}
