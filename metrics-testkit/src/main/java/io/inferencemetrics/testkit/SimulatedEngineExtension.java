package io.inferencemetrics.testkit;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Serves a simulated engine while JUnit Jupiter tests run: for all tests of a class in a static field, for each test in an
 * instance field. After each test the engine is whole again, see {@link SimulatedEngine#resume()}. The only type here that
 * needs JUnit.
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
    private boolean forAll;

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
        engine.resume();
        if (!forAll) {
            engine.close();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        engine.close();
    }
}
