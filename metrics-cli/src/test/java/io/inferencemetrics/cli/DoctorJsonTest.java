package io.inferencemetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.inferencemetrics.doctor.Cause;
import io.inferencemetrics.doctor.Severity;
import io.inferencemetrics.testkit.SimulatedEngine;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class DoctorJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    static Stream<String> bodies() {
        return Stream.of(
                SimulatedEngine.vllm().busy().metricsText(),
                SimulatedEngine.sglang().idle().metricsText(),
                "vllm:num_requests_running 1\nno sample\n",
                "<html>",
                "");
    }

    private JsonNode diagnosis(String body) throws IOException {
        StringWriter out = new StringWriter();
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.execute("doctor", "--json", "file:" + Files.writeString(folder.resolve("body.txt"), body));
        return JSON.readTree(out.toString());
    }

    private static JsonNode schemaText() throws IOException {
        try (InputStream in = Objects.requireNonNull(DoctorCommand.class.getResourceAsStream("doctor.schema.json"))) {
            return JSON.readTree(in);
        }
    }

    private static JsonSchema schema() throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schemaText());
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void everyDiagnosisKeepsToTheSchema(String body) throws IOException {
        assertThat(schema().validate(diagnosis(body))).isEmpty();
    }

    @Test
    void theDiagnosisOfTheGpusOfThisMachineKeepsToTheSchemaToo() throws IOException {
        StringWriter out = new StringWriter();
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        int code = commandLine.execute("doctor", "--gpu", "--json");
        JsonNode diagnosis = JSON.readTree(out.toString());
        assertThat(schema().validate(diagnosis)).isEmpty();
        assertThat(diagnosis.at("/target").asText()).isEqualTo("local:gpu");
        assertThat(code).isIn(0, Main.UNREADABLE, Main.SOMETHING_WRONG);
    }

    @Test
    void theSchemaRefusesWhatItDoesNotName() throws IOException {
        JsonNode diagnosis = diagnosis("<html>");
        ((ObjectNode) diagnosis.at("/findings/0")).put("cause", "tired");
        ((ObjectNode) diagnosis).put("more", 1);
        assertThat(schema().validate(diagnosis)).hasSize(2);
    }

    @Test
    void theSchemaNamesEveryCauseAndSeverity() throws IOException {
        assertThat(texts("/$defs/cause/enum")).isEqualTo(words(Cause.values()));
        assertThat(texts("/$defs/severity/enum")).isEqualTo(words(Severity.values()));
    }

    private static List<String> texts(String pointer) throws IOException {
        return JSON.convertValue(
                schemaText().at(pointer), JSON.getTypeFactory().constructCollectionType(List.class, String.class));
    }

    private static List<String> words(Enum<?>[] constants) {
        return Arrays.stream(constants)
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
