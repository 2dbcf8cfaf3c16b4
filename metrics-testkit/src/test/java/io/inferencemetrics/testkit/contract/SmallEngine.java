package io.inferencemetrics.testkit.contract;

import io.inferencemetrics.catalog.Catalog;
import io.inferencemetrics.spi.EngineProvider;
import java.util.List;

/** The least that passes the contract. */
public final class SmallEngine implements EngineProvider {
    @Override
    public String id() {
        return "small";
    }

    @Override
    public Catalog catalog() {
        return Catalog.parse("small.catalog", """
                engine    small
                port      9000
                prefixes  small_

                requests.running | small_running         | gauge | | | | | 1.0..
                requests.waiting | small_waiting         | gauge | | | | | | | approximate
                tokens.prompt    | small_prompt_total    | counter
                tokens.generated | small_generated_total | counter
                latency.ttft     | small_ttft_seconds    | histogram
                model.name       | small_running         | gauge | | label:model_name | | | 1.0..
                """, List.of());
    }
}
