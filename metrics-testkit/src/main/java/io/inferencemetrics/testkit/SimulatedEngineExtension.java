package io.inferencemetrics.testkit;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Serves a simulated engine while JUnit Jupiter tests run: for all tests of a class in a static field, for each test in an
 * instance field. After each test its faults and delays are gone, see {@link SimulatedEngine#resume()}; traffic, version and
 * requests stay as the test left them. The only type here that needs JUnit.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final SimulatedEngineExtension vllm = serving(SimulatedEngine.vllm().busy());
 * }</pre>
 *
 * <p>From JUnit 5.11 on, {@code @AutoClose static final SimulatedEngine vllm = SimulatedEngine.vllm().busy().start();} does
 * nearly the same without this class; an engine in a static field then stays broken until {@code resume()}.
 */
public final class SimulatedEngineExtension
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {
    private final SimulatedEngine engine;

    /** How many classes, one nested in the other, the engine is served for as a whole. */
    private int classes;

    /** Will serve this engine. */
    public SimulatedEngineExtension(SimulatedEngine engine) {
        this.engine = engine;
    }

    /** Will serve this engine; for a static import. */
    public static SimulatedEngineExtension serving(SimulatedEngine engine) {
        return new SimulatedEngineExtension(engine);
    }

    /** The engine that is served, with all its controls. */
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
        if (classes++ == 0) {
            engine.start();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (classes == 0) {
            engine.start();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        engine.resume();
        if (classes == 0) {
            engine.close();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (--classes == 0) {
            engine.close();
        }
    }
}
