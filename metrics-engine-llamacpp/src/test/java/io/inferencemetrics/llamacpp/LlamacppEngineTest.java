package io.inferencemetrics.llamacpp;

import io.inferencemetrics.testkit.contract.EngineContract;

class LlamacppEngineTest extends EngineContract {
    @Override
    protected String engine() {
        return "llamacpp";
    }
}
