package io.inferencemetrics.testkit;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Serves a simulated engine while JUnit Jupiter tests run: for all tests of a class in a static field, for each test in an
 * instance field. The only type here that needs JUnit.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final SimulatedEngineExtension vllm = new SimulatedEngineExtension(SimulatedEngine.vllm().busy());
 * }</pre>
 */
public final class SimulatedEngineExtension
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {
    private final SimulatedEngine engine;
    private boolean forAll;

    /** Will serve this engine. */
    public SimulatedEngineExtension(SimulatedEngine engine) {
        this.engine = engine;
    }

    /** The engine that is served. */
    public SimulatedEngine engine() {
        return engine;
    }

    /**
     * Where it is served, without a path.
     *
     * @throws IllegalStateException outside of tests
     */
    public String url() {
        return engine.url();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        forAll = true;
        engine.start();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (!forAll) {
            engine.start();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (!forAll) {
            engine.close();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        engine.close();
    }
}
