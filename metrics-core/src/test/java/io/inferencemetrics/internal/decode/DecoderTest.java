package io.inferencemetrics.internal.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.prometheus.ExpositionCursor;
import io.inferencemetrics.prometheus.ExpositionFormat;
import io.inferencemetrics.prometheus.MetricType;
import io.inferencemetrics.prometheus.ParserOptions;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DecoderTest {
    private static final String WITH_CREATED = """
            # TYPE eng:generated_total counter
            eng:generated_total 5
            # TYPE eng:generated_created gauge
            eng:generated_created 1.79e9
            """;

    private final Decoder decoder = new Decoder(new CompiledCatalog(TestBodies.CATALOG, Set.of()));

    private final ExpositionCursor cursor = ExpositionCursor.remembering(ParserOptions.strict(ExpositionFormat.TEXT));

    private Frame read(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        cursor.reset(bytes, 0, bytes.length);
        decoder.read(cursor);
        return decoder.frame();
    }

    @Test
    void theLayoutIsMadeOnceForBodiesOfTheSameSeries() {
        assertThat(read(WITH_CREATED).layout()).isSameAs(read(WITH_CREATED).layout());
    }

    @Test
    void theTypeOfACreationTimeIsNotThatOfItsFamily() {
        assertThat(read(WITH_CREATED).layout().type("eng:generated_total")).isEqualTo(MetricType.COUNTER);
    }

    @Test
    void aNewSeriesOrTypeMakesANewLayout() {
        Layout first = read("eng:running 1\n").layout();
        assertThat(read("eng:running 1\neng:running{rank=\"1\"} 1\n").layout()).isNotSameAs(first);
        Layout second = read("eng:running 1\n").layout();
        assertThat(read("# TYPE eng:running gauge\neng:running 1\n").layout()).isNotSameAs(second);
    }

    @Test
    void namesThatAreLongAndNewInEveryBodyAreForgotten() {
        String longName = "x".repeat(60_000);
        for (int scrape = 0; scrape < 100; scrape++) {
            read("# TYPE " + longName + scrape + " gauge\neng:running " + scrape + "\n");
            assertThat(decoder.rememberedBytes()).isLessThan(2_000_000);
        }
        assertThat(read("eng:running 1\n").samples()).isEqualTo(1);
    }

    @Test
    void namesThatAreLongAndTheSameInEveryBodyAreKept() {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            body.append("# TYPE ").append("x".repeat(60_000)).append(i).append(" gauge\n");
        }
        String text = body.append("eng:running 1\n").toString();
        assertThat(read(text).layout()).isSameAs(read(text).layout());
    }
}
