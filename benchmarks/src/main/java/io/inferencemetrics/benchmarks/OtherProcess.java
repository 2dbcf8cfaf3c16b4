package io.inferencemetrics.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;

/** A process that reads slices when asked to: a question on a line of its standard input, an answer on one of its output. */
final class OtherProcess implements AutoCloseable {
    private final Process process;
    private final Writer questions;
    private final BufferedReader answers;

    OtherProcess(List<String> command) {
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("could not start " + command, e);
        }
        questions = process.outputWriter();
        answers = process.inputReader();
    }

    /** The words of the answer. */
    List<String> ask(String question) {
        try {
            questions.write(question + "\n");
            questions.flush();
            String answer = answers.readLine();
            if (answer == null || answer.startsWith("error")) {
                throw new IllegalStateException("asked for " + question + ", it answered " + answer);
            }
            return List.of(answer.split(" "));
        } catch (IOException e) {
            throw new UncheckedIOException("the other process has ended", e);
        }
    }

    /** What its parser finds in the first scrape of an input. */
    Tally tally(String parser, String input) {
        List<String> answer = ask("tally " + parser + " " + input);
        Tally tally = new Tally();
        tally.add(Long.parseLong(answer.get(0)), Long.parseLong(answer.get(1)), Double.parseDouble(answer.get(2)));
        return tally;
    }

    Way way(String name, String parser, String input) {
        return new RemoteWay(name, this, parser + " " + input);
    }

    private record RemoteWay(String name, OtherProcess process, String parserAndInput) implements Way {
        @Override
        public Slice slice(long nanos) {
            List<String> answer = process.ask("slice " + parserAndInput + " " + nanos);
            return new Slice(
                    Long.parseLong(answer.get(0)), Long.parseLong(answer.get(1)), Long.parseLong(answer.get(2)));
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
