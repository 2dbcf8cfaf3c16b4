package examples;

import io.inferencemetrics.Collectors;
import io.inferencemetrics.catalog.Catalog;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.spi.EngineProvider;

/**
 * An engine that nobody has heard of, read by a catalogue of a few lines. It is named in
 * {@code META-INF/services/io.inferencemetrics.spi.EngineProvider}, where ServiceLoader finds it.
 */
public final class YourOwnEngine implements EngineProvider {
    private static final Catalog CATALOG = Catalog.load("yours.catalog", YourOwnEngine.class::getResourceAsStream);

    /** For ServiceLoader. */
    public YourOwnEngine() {}

    @Override
    public String id() {
        return CATALOG.engine();
    }

    @Override
    public Catalog catalog() {
        return CATALOG;
    }

    /** Takes the server's address. */
    public static void main(String[] arguments) {
        System.out.println(
                "running " + Collectors.forEngine("yours").collect(arguments[0]).value(LlmMetrics.REQUESTS_RUNNING));
    }
}
