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
    private static final int MOST_DEVICES = 1_024;
    private static final int COUNT = 0;
    private static final int INDEX = 1;

    private final List<SmiColumn> columns;
    private final Process process;
    private @Nullable Round latest;
    private String said = "";
    private long skipped;
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
        Rounds rounds = new Rounds();
        try (Reader text = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8);
                CsvReader<CsvRecord> csv = CsvReader.builder()
                        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .ofCsvRecord(text)) {
            for (CsvRecord row : csv) {
                List<String> cells = row.getFields().stream().map(String::strip).toList();
                if (isRow(cells)) {
                    rounds.add(cells);
                } else {
                    skip(String.join(",", cells));
                }
            }
        } catch (IOException | UncheckedIOException | CsvParseException e) {
            say(String.valueOf(e.getMessage()));
        } finally {
            end();
        }
    }

    private boolean isRow(List<String> cells) {
        return cells.size() == SmiColumn.IDENTITY.size() + columns.size() && number(cells.get(INDEX)) >= 0;
    }

    /** A number that a device may have, or -1. */
    private static int number(String cell) {
        try {
            return Integer.parseInt(cell);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /**
     * Rows put together to rounds. Devices come in the order of their numbers, so a round that lacks one ends where the next
     * begins. Used by the reading thread.
     */
    private final class Rounds {
        private final List<List<String>> rows = new ArrayList<>();
        private int last = -1;
        private Instant time = Instant.EPOCH;
        private long nanos;

        void add(List<String> cells) {
            int index = number(cells.get(INDEX));
            if (!rows.isEmpty() && index <= last) {
                end();
            }
            last = index;
            time = Instant.now();
            nanos = System.nanoTime();
            rows.add(cells);
            if (rows.size() >= Math.min(MOST_DEVICES, number(cells.get(COUNT)))) {
                end();
            }
        }

        private void end() {
            finish(new Round(List.copyOf(rows), time, nanos));
            rows.clear();
        }
    }

    private synchronized void skip(String line) {
        if (!line.isBlank()) {
            skipped++;
            say(line);
        }
    }

    private synchronized void say(String line) {
        String all = said + (said.isEmpty() ? "" : " ") + line.strip();
        said = all.substring(0, Math.min(MOST_SAID, all.length()));
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

    /** How many lines were no row: cells too few or too many, or a device without a number. */
    synchronized long skipped() {
        return skipped;
    }

    /** The beginning of what nvidia-smi wrote that was no row. */
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
