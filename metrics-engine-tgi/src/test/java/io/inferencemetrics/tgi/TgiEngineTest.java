package io.inferencemetrics.tgi;

import io.inferencemetrics.testkit.contract.EngineContract;

class TgiEngineTest extends EngineContract {
    @Override
    protected String engine() {
        return "tgi";
    }
}
