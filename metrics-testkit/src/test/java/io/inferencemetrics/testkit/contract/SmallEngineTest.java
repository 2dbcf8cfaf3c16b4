package io.inferencemetrics.testkit.contract;

class SmallEngineTest extends EngineContract {
    @Override
    protected String engine() {
        return "small";
    }
}
