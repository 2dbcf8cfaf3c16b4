package io.inferencemetrics.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SimulatedEngineExtensionTest {
    @RegisterExtension
    static final SimulatedEngineExtension SHARED =
            SimulatedEngineExtension.serving(SimulatedEngine.vllm().busy());

    @RegisterExtension
    final SimulatedEngineExtension own = new SimulatedEngineExtension(SimulatedEngine.tgi());

    private static final Set<String> SHARED_URLS = new HashSet<>();

    @Test
    void bothKindsOfFieldAreServedWhileATestRuns() throws Exception {
        assertThat(body(SHARED.url())).contains("vllm:num_requests_running");
        assertThat(body(own.url())).contains("tgi_queue_size");
        SHARED_URLS.add(SHARED.url());
    }

    @Test
    void anotherTestSeesTheSameSharedEngine() {
        assertThat(SHARED.engine().url()).isEqualTo(SHARED.url());
        SHARED_URLS.add(SHARED.url());
    }

    /** Whichever comes second sees what the first one broke. */
    @RepeatedTest(2)
    void whatATestBreaksIsWholeInTheNext() throws Exception {
        assertThat(body(SHARED.url())).contains("vllm:num_requests_running");
        SHARED.engine().breakWith(Fault.LOGIN_PAGE);
        assertThat(body(SHARED.url())).startsWith("<!DOCTYPE html>");
    }

    /** JUnit asks the extension of a static field again for each nested class. */
    @Nested
    class InANestedClass {
        @Test
        void theEngineOfTheOuterClassIsServedToo() throws Exception {
            assertThat(body(SHARED.url())).contains("vllm:num_requests_running");
            SHARED_URLS.add(SHARED.url());
        }
    }

    @AfterAll
    static void theSharedEngineKeptItsAddressAndIsStillServed() {
        SHARED_URLS.add(SHARED.url());
        assertThat(SHARED_URLS).hasSize(1);
    }

    private static String body(String url) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + "/metrics")).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
