package io.inferencemetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HostCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void onLinux() {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "only Linux is read without a further library");
    }

    private int run(String... args) {
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    @Test
    void theMachineIsATable() {
        assertThat(run("host")).isZero();
        assertThat(out.toString())
                .startsWith("host at local:host")
                .containsPattern("host.memory.total +[0-9]+ bytes +host_memory_total_bytes")
                .containsPattern("host.cpu.util +[0-9.e-]+ ratio")
                .contains("0 unmapped, 0 foreign names")
                .doesNotContain("host.process");
    }

    @Test
    void whatIsAbsentSaysWhyAndNumbersStandInOneColumn() {
        assertThat(run("host", "--all")).isZero();
        assertThat(out.toString()).containsPattern("host.process.open_files.limit +- option off");
        assertThat(out.toString().lines().filter(line -> line.startsWith("host.") && line.contains(" bytes ")))
                .isNotEmpty()
                .extracting(line -> line.indexOf(" bytes "))
                .containsOnly(out.toString()
                        .lines()
                        .filter(line -> line.startsWith("host.memory.total "))
                        .findFirst()
                        .orElseThrow()
                        .indexOf(" bytes "));
    }

    @Test
    void aSnapshotWithAProcessIsJsonAsAnEnginesIs() throws IOException {
        String pid = String.valueOf(ProcessHandle.current().pid());
        assertThat(run("host", "--pid", pid, "--json")).isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.at("/engine/id").asText() + json.at("/engine").asText()).contains("host");
        assertThat(out.toString()).contains("host.process.memory", "\"process\" : \"" + pid + "\"");
    }

    @Test
    void aWindowSaysWhatHappenedBetweenTwoReads() throws IOException {
        assertThat(run("host", "--over", "1s")).isZero();
        assertThat(out.toString())
                .startsWith("host at local:host, ")
                .containsPattern("host.cpu.time.rate +[0-9.]+ ratio");
        out.getBuffer().setLength(0);
        assertThat(run("host", "--over", "1s", "--json")).isZero();
        assertThat(new ObjectMapper().readTree(out.toString()).isObject()).isTrue();
    }

    @Test
    void whatCannotBeUnderstoodSaysWhatWasExpected() {
        assertThat(run("host", "--pid", "java")).isEqualTo(2);
        assertThat(run("host", "--over", "200ms")).isEqualTo(2);
        assertThat(err.toString()).contains("1234,5678", "1s or more");
    }
}
