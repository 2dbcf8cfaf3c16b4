package io.inferencemetrics.testkit.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inferencemetrics.testkit.contract.Captures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {
    @ParameterizedTest
    @CsvSource({
        "16, 16.0",
        "0, 0.0",
        "-1, -1.0",
        "0.1, 0.1",
        "0.00001, 1e-05",
        "0.000017069978639483452, 1.7069978639483452e-05",
        "0.0001, 0.0001",
        "123456.5, 123456.5",
        "999999, 999999.0",
        "1000000, 1e+06",
        "4610744, 4.610744e+06",
        "1234567.25, 1.23456725e+06",
        "11337506816, 1.1337506816e+010",
        "1795316078.915277, 1.795316078915277e+09",
        "-1234567, -1234567.0",
        "1e16, 1e+16",
        "1.5e300, 1.5e+300",
        "-0.000015, -1.5e-05",
        "1.3e-100, 1.3e-100",
        "2e-3, 0.002",
        "NaN, NaN",
        "Infinity, +Inf",
        "-Infinity, -Inf"
    })
    void pythonWritesNumbersSo(double value, String text) {
        assertThat(NumberText.python(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "16, 16",
        "0, 0",
        "0.00015000000000000001, 0.00015000000000000001",
        "1868.9150457369851, 1868.9150457369851",
        "1e-7, 0.0000001",
        "12345678, 12345678",
        "1e20, 100000000000000000000",
        "NaN, NaN",
        "Infinity, inf",
        "-Infinity, -inf"
    })
    void rustWritesNumbersSo(double value, String text) {
        assertThat(NumberText.rust(value)).isEqualTo(text);
    }

    @Test
    void whatIsWrittenReadsBackTheSameAndIsNoLongerThanNeeded() {
        Random random = new Random(5);
        for (int i = 0; i < 100_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (!Double.isNaN(value)) {
                assertThat(Double.parseDouble(NumberText.python(value))).isEqualTo(value);
                assertThat(Double.parseDouble(NumberText.rust(value))).isEqualTo(value);
                assertThat(NumberText.python(value)).hasSizeLessThanOrEqualTo(24);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vllm-0.32.0-busy-1.txt",
                "vllm-0.32.0-after.txt",
                "vllm-0.32.0-dp2-busy.txt",
                "sglang-0.5.23-busy-1.txt",
                "sglang-0.5.23-after.txt"
            })
    void everyNumberOfARealBodyIsWrittenAsItWas(String file) throws IOException {
        Path body = Captures.body(file).orElse(Path.of("none"));
        assumeTrue(Files.exists(body), "no folder of captures beside this checkout, so no " + file);
        List<String> numbers;
        try (Stream<String> lines = Files.lines(body)) {
            numbers = lines.filter(line -> !line.startsWith("#"))
                    .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                    .toList();
        }

        assertThat(numbers).hasSizeGreaterThan(400);
        assertThat(numbers)
                .allSatisfy(number -> assertThat(NumberText.python(Double.parseDouble(number)))
                        .isEqualTo(number));
    }
}
