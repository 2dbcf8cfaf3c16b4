package io.inferencemetrics.cli;

import io.inferencemetrics.CollectorBuilder;
import io.inferencemetrics.doctor.Doctor;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.Target;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to read an address. */
class ReadOptions {
    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = TimeConverter.Positive.class,
            description = "Deadline for the whole read, such as 500ms or 5s; default 5s.")
    private Duration timeout = Duration.ofSeconds(5);

    @Option(names = "--header", paramLabel = "NAME=VALUE", description = "A header to send; may be repeated.")
    private Map<String, String> headers = new LinkedHashMap<>();

    @Option(
            names = "--bearer-token-env",
            paramLabel = "VARIABLE",
            description = "The environment variable that holds a bearer token to send.")
    private @Nullable String bearerTokenVariable;

    FetchRequest request(String address) {
        FetchRequest request = FetchRequest.to(Target.parse(address)).withTimeout(timeout);
        for (Map.Entry<String, String> header : allHeaders().entrySet()) {
            request = request.withHeader(header.getKey(), header.getValue());
        }
        return request;
    }

    CollectorBuilder applyTo(CollectorBuilder collectors) {
        CollectorBuilder builder = collectors.timeout(timeout);
        for (Map.Entry<String, String> header : allHeaders().entrySet()) {
            builder = builder.header(header.getKey(), header.getValue());
        }
        return builder;
    }

    Doctor applyTo(Doctor doctor) {
        Doctor with = doctor.timeout(timeout);
        for (Map.Entry<String, String> header : allHeaders().entrySet()) {
            with = with.header(header.getKey(), header.getValue());
        }
        return with;
    }

    private Map<String, String> allHeaders() {
        Map<String, String> all = new LinkedHashMap<>(headers);
        if (bearerTokenVariable != null) {
            all.put("Authorization", "Bearer " + secret(bearerTokenVariable));
        }
        return all;
    }

    private static String secret(String variable) {
        return Optional.ofNullable(System.getenv(variable))
                .orElseThrow(() -> new IllegalArgumentException(
                        "--bearer-token-env: the environment variable " + variable + " is not set"));
    }
}
