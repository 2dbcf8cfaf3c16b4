package io.inferencemetrics.live;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Clients that stream completions from a server, one after the other each, and count what they really received.
 *
 * <p>Also a program of its own, in this one file: {@code java Load.java URL [SECONDS [CLIENTS [SHARE_THAT_HANGS_UP]]]}.
 */
final class Load {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz     ";
    private static final Pattern USAGE = Pattern.compile("\"(prompt|completion)_tokens\":\\s*(\\d+)");
    private static final Duration REQUEST_LIMIT = Duration.ofMinutes(2);

    private final URI completions;
    private final double hangUpShare;
    private final List<Thread> clients = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final List<Double> firstTokenSeconds = new ArrayList<>();
    private final List<Double> wholeSeconds = new ArrayList<>();
    private Counts counts = new Counts(0, 0, 0, 0, 0, 0);
    private long peakInFlight;
    private volatile boolean stopping;

    /**
     * What the clients did and got.
     *
     * @param finished requests whose whole answer came
     * @param hungUp requests that a client gave up in the middle of the answer
     * @param promptTokens of the finished requests, by the server's {@code usage} block: events are not tokens
     * @param generatedTokens likewise
     */
    record Counts(long started, long finished, long hungUp, long failed, long promptTokens, long generatedTokens) {
        long inFlight() {
            return started - finished - hungUp - failed;
        }

        private Counts plus(Counts o) {
            return new Counts(
                    started + o.started,
                    finished + o.finished,
                    hungUp + o.hungUp,
                    failed + o.failed,
                    promptTokens + o.promptTokens,
                    generatedTokens + o.generatedTokens);
        }
    }

    private static final Counts STARTED = new Counts(1, 0, 0, 0, 0, 0);
    private static final Counts HUNG_UP = new Counts(0, 0, 1, 0, 0, 0);
    private static final Counts FAILED = new Counts(0, 0, 0, 1, 0, 0);

    private Load(URI server, double hangUpShare) {
        this.completions = server.resolve("/v1/completions");
        this.hangUpShare = hangUpShare;
    }

    /** Sets clients to work, each with one request at a time, until {@link #stop()}. */
    static Load start(URI server, int clients, double hangUpShare) {
        Load load = new Load(server, hangUpShare);
        for (int i = 0; i < clients; i++) {
            Random random = new Random(i);
            Thread client = new Thread(() -> load.work(random), "client-" + i);
            client.setDaemon(true);
            load.clients.add(client);
            client.start();
        }
        return load;
    }

    synchronized Counts counts() {
        return counts;
    }

    /** The most requests that were in flight at once since the last call. */
    synchronized long takePeakInFlight() {
        long peak = peakInFlight;
        peakInFlight = counts.inFlight();
        return peak;
    }

    /** The first failures in words. */
    synchronized List<String> failures() {
        return List.copyOf(failures);
    }

    /** Starts no more requests, waits for the end of those in flight, and says what came of them all. */
    Counts stop() throws InterruptedException {
        stopping = true;
        for (Thread client : clients) {
            client.join();
        }
        return counts();
    }

    /** Works until told to stop; a client whose request failed gives up. */
    private void work(Random random) {
        HttpClient http = client();
        boolean failed = false;
        while (!stopping && !failed) {
            add(STARTED);
            Counts ended = FAILED;
            try {
                ended = complete(http, random);
            } catch (IOException | InterruptedException | RuntimeException e) {
                note(e.toString());
                failed = true;
            } finally {
                add(ended);
            }
        }
    }

    /** One for each client, for a pool would keep connections unused until the server closes them. */
    private static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    private Counts complete(HttpClient http, Random random) throws IOException, InterruptedException {
        int tokens = 16 + random.nextInt(49);
        int events = random.nextDouble() < hangUpShare ? 1 + random.nextInt(tokens / 3) : Integer.MAX_VALUE;
        HttpRequest request = HttpRequest.newBuilder(completions)
                .header("Content-Type", "application/json")
                .timeout(REQUEST_LIMIT)
                .POST(BodyPublishers.ofString("{\"model\": \"tiny\", \"prompt\": \"" + prompt(random)
                        + "\", \"max_tokens\": " + tokens
                        + ", \"temperature\": 0, \"stream\": true, \"stream_options\": {\"include_usage\": true}}"))
                .build();
        long start = System.nanoTime();
        HttpResponse<Stream<String>> response = send(http, request);
        try (Stream<String> lines = response.body()) { // to close it early closes the connection
            if (response.statusCode() != 200) {
                throw new IOException("status 200 was expected, not " + response.statusCode() + ": "
                        + lines.findFirst().orElse(""));
            }
            return receive(lines.iterator(), events, start);
        }
    }

    /** Once more where the connection of the last request was no longer there: servers close those they keep. */
    private static HttpResponse<Stream<String>> send(HttpClient http, HttpRequest request)
            throws IOException, InterruptedException {
        try {
            return http.send(request, BodyHandlers.ofLines());
        } catch (IOException closed) {
            return client().send(request, BodyHandlers.ofLines());
        }
    }

    private Counts receive(Iterator<String> lines, int hangUpAfterEvents, long start) throws IOException {
        Counts usage = new Counts(0, 1, 0, 0, 0, 0);
        int events = 0;
        double firstToken = Double.NaN;
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.equals("data: [DONE]")) {
                if (usage.promptTokens == 0) {
                    throw new IOException("a usage block was expected in the answer; none came");
                }
                addTimes(firstToken, seconds(start));
                return usage;
            }
            if (line.startsWith("data:") && events == 0) {
                firstToken = seconds(start);
            }
            if (line.startsWith("data:") && ++events == hangUpAfterEvents) {
                return HUNG_UP;
            }
            usage = line.contains("\"completion_tokens\"") ? usage(line) : usage;
        }
        throw new IOException("the answer broke off after " + events + " events");
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private synchronized void addTimes(double firstToken, double whole) {
        firstTokenSeconds.add(firstToken);
        wholeSeconds.add(whole);
    }

    /** From the request to the first event of its answer, of the finished requests. */
    synchronized Times firstTokens() {
        return Times.of(firstTokenSeconds);
    }

    /** From the request to the end of its answer, of the finished requests. */
    synchronized Times wholes() {
        return Times.of(wholeSeconds);
    }

    /**
     * Times that clients took.
     *
     * @param seconds in order
     */
    record Times(double[] seconds) {
        static Times of(List<Double> seconds) {
            return new Times(
                    seconds.stream().mapToDouble(Double::doubleValue).sorted().toArray());
        }

        double mean() {
            return Arrays.stream(seconds).average().orElse(Double.NaN);
        }

        double quantile(double q) {
            return seconds.length == 0 ? Double.NaN : seconds[Math.max(1, (int) Math.ceil(q * seconds.length)) - 1];
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "{\"mean\": %.4f, \"p50\": %.4f, \"p90\": %.4f, \"p99\": %.4f}",
                    mean(),
                    quantile(0.5),
                    quantile(0.9),
                    quantile(0.99));
        }
    }

    private static Counts usage(String line) {
        long prompt = 0;
        long generated = 0;
        Matcher number = USAGE.matcher(line);
        while (number.find()) {
            long tokens = Long.parseLong(number.group(2));
            prompt = number.group(1).equals("prompt") ? tokens : prompt;
            generated = number.group(1).equals("prompt") ? generated : tokens;
        }
        return new Counts(0, 1, 0, 0, prompt, generated);
    }

    /** Some prompts begin alike, so that there is something to find in the prefix cache. */
    private static String prompt(Random random) {
        String beginning = random.nextInt(5) < 2 ? letters(new Random(random.nextInt(3)), 400) : "";
        return beginning + letters(random, 8 + random.nextInt(400));
    }

    private static String letters(Random random, int count) {
        StringBuilder text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    private synchronized void add(Counts change) {
        counts = counts.plus(change);
        peakInFlight = Math.max(peakInFlight, counts.inFlight());
    }

    private synchronized void note(String failure) {
        if (failures.size() < 5) {
            failures.add(failure);
        }
    }

    public static void main(String[] args) throws InterruptedException {
        double seconds = args.length > 1 ? Double.parseDouble(args[1]) : 20;
        int clients = args.length > 2 ? Integer.parseInt(args[2]) : 12;
        double hangUpShare = args.length > 3 ? Double.parseDouble(args[3]) : 0.1;
        long start = System.nanoTime();
        Load load = start(URI.create(args[0]), clients, hangUpShare);
        for (Thread client : load.clients) { // returns early when all of them have failed
            client.join(Math.max(1, (long) (seconds * 1000) - (System.nanoTime() - start) / 1_000_000));
        }
        Counts c = load.stop();
        System.out.println(json(c, load, seconds(start)));
        load.failures().forEach(System.err::println);
        System.exit(c.failed > 0 ? 1 : 0);
    }

    private static String json(Counts c, Load load, double seconds) {
        return String.format(
                Locale.ROOT,
                "{\"seconds\": %.1f, \"started\": %d, \"finished\": %d, \"hung_up\": %d, \"failed\": %d, \"prompt_tokens\": %d,"
                        + " \"generated_tokens\": %d, \"requests_per_second\": %.1f, \"tokens_per_second\": %.1f,"
                        + " \"first_token_seconds\": %s, \"whole_seconds\": %s}",
                seconds,
                c.started,
                c.finished,
                c.hungUp,
                c.failed,
                c.promptTokens,
                c.generatedTokens,
                c.finished / seconds,
                c.generatedTokens / seconds,
                load.firstTokens(),
                load.wholes());
    }
}
