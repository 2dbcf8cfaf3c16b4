package io.inferencemetrics.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.metric.Vocabulary;
import io.inferencemetrics.spi.MachineProvider;
import org.junit.jupiter.api.Test;

/**
 * The checks that every module passes that reads machines: extend it, name the provider, and put what real bodies are known
 * to say into {@code src/test/resources/expected}.
 */
public abstract class MachineContract extends BodyContract {

    /** For subclasses. */
    protected MachineContract() {}

    /** The provider, as {@link java.util.ServiceLoader} finds it. */
    protected abstract MachineProvider provider();

    /** How the file names of this provider's bodies begin, where a module has several; all of them unless overridden. */
    @Override
    protected String bodies() {
        return "";
    }

    @Test
    void theCatalogueCanBeReadAndHasAVocabularyOfItsOwn() {
        MachineProvider provider = provider();
        assertEquals(provider.id(), provider.catalog().engine());
        assertNotEquals(Vocabulary.LLM, provider.catalog().vocabulary());
        assertFalse(provider.catalog().rows().isEmpty());
    }

    @Test
    void anEnginesBodyIsRefused() {
        CollectException refused = assertThrows(CollectException.class, () -> read("vllm:num_requests_running 1\n"));
        assertEquals(FailureKind.WRONG_ENGINE, refused.kind());
    }
}
