package io.inferencemetrics.nvml.internal;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One nvidia-smi that runs and writes round after round, and the thread that reads it; both end with {@link #close()}. */
final class SmiProcess {
    private static final Pattern UNKNOWN_COLUMN = Pattern.compile("Field \"([^\"]+)\" is not a valid field to query");
    private static final int MOST_SAID = 300;

    private final List<SmiColumn> columns;
    private final Process process;
    private @Nullable Round latest;
    private String said = "";
    private boolean over;

    /**
     * What nvidia-smi wrote of all devices once.
     *
     * @param rows the cells of each device
     * @param time when the last of them came
     * @param nanos the same by {@link System#nanoTime()}
     */
    record Round(List<List<String>> rows, Instant time, long nanos) {}

    SmiProcess(String program, List<SmiColumn> columns, long intervalMillis) throws IOException {
        this.columns = columns;
        String query = String.join(
                ",",
                Stream.concat(SmiColumn.IDENTITY.stream(), columns.stream().map(SmiColumn::query))
                        .toList());
        ProcessBuilder builder = new ProcessBuilder(
                program,
                "--query-gpu=" + query,
                "--format=csv,noheader,nounits",
                "-lms",
                Long.toString(intervalMillis));
        builder.environment().put("LC_ALL", "C");
        process = builder.redirectErrorStream(true).start();
        Thread reader = new Thread(this::read, "inference-metrics-nvidia-smi");
        reader.setDaemon(true);
        reader.start();
    }

    List<SmiColumn> columns() {
        return columns;
    }

    private void read() {
        int width = SmiColumn.IDENTITY.size() + columns.size();
        List<List<String>> rows = new ArrayList<>();
        try (Reader text = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8);
                CsvReader<CsvRecord> csv = CsvReader.builder()
                        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .ofCsvRecord(text)) {
            for (CsvRecord row : csv) {
                if (row.getFieldCount() != width) {
                    say(String.join(",", row.getFields()));
                    continue;
                }
                rows.add(row.getFields().stream().map(String::strip).toList());
                if (rows.size() >= count(rows.get(0).get(0))) {
                    finish(new Round(List.copyOf(rows), Instant.now(), System.nanoTime()));
                    rows.clear();
                }
            }
        } catch (IOException | UncheckedIOException | CsvParseException e) {
            say(String.valueOf(e.getMessage()));
        } finally {
            end();
        }
    }

    private static int count(String cell) {
        try {
            return Integer.parseInt(cell);
        } catch (NumberFormatException e) {
            return 1;
        }
    }

    private synchronized void say(String line) {
        if (said.length() < MOST_SAID && !line.isBlank()) {
            said += (said.isEmpty() ? "" : " ") + line.strip();
        }
    }

    private synchronized void finish(Round round) {
        latest = round;
        notifyAll();
    }

    private synchronized void end() {
        over = true;
        notifyAll();
    }

    /** The latest round; waits for the first. Null where none has come in time, or none will come. */
    synchronized @Nullable Round await(long nanos) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; latest == null && !over && left > 0; left = end - System.nanoTime()) {
            // rounded up: a wait of 0 would have no end
            wait(left / 1_000_000 + 1);
        }
        return latest;
    }

    synchronized boolean isOver() {
        return over;
    }

    /** What nvidia-smi wrote that was no row. */
    synchronized String said() {
        return said;
    }

    /** The columns without the one that this nvidia-smi says it does not know; all where it says nothing of the kind. */
    List<SmiColumn> known() {
        Matcher unknown = UNKNOWN_COLUMN.matcher(said());
        if (!unknown.find()) {
            return columns;
        }
        String name = unknown.group(1);
        return columns.stream().filter(c -> !c.query().equals(name)).toList();
    }

    void close() {
        process.destroy();
    }
}
