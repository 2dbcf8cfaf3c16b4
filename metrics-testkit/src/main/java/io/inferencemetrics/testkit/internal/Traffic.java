package io.inferencemetrics.testkit.internal;

import io.inferencemetrics.testkit.internal.RequestPlan.Ending;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Requests that arrive, queue, are prefilled, decoded in a batch, and end. Three kinds of events move it, arrivals, ends
 * of steps, and what happens to requests of given times, so that what it knows at a time does not depend on how often it was asked before.
 */
final class Traffic {
    static final double VALIDATION_SECONDS = 0.0004;
    private static final double REFUSAL_SECONDS = 0.002;
    private static final long NEVER = Long.MAX_VALUE;

    private final Arrivals arrivals;
    private final Random jitter;
    private final Deque<Request> waiting = new ArrayDeque<>();
    private final List<Request> running = new ArrayList<>();
    private final List<Request> prefilling = new ArrayList<>();
    private final List<Request> timedWaiting = new ArrayList<>();
    private final List<Request> timedRunning = new ArrayList<>();
    private final Script script = new Script();
    private final KvCache kv;
    private long now;
    private long stepStart;
    private long stepEnd = NEVER;
    private long busyNanos;
    private final TrafficShape shape;
    private final long startedNanos;
    private final PrefixTally prefixes;
    private final Throughput throughput = new Throughput();
    private final LoraLog loras;
    private final SlotTally slots;

    private final RequestTally all;
    private final RequestTally successful;
    private final RequestTally streamed;
    private final RequestTally unstreamed;
    private final Count received;
    private final Count invalid;
    private final Count overloaded;
    private final Count aborted;
    private final Count preemptions;
    private final Count generated;
    private final Count decoded;
    private final Count prefillSteps;
    private final Count decodeSteps;
    private final Count joins;
    private final Count answeredOk;
    private final Count answeredBegun;
    private final Distribution validatedPrompt;
    private final Distribution validatedMaxTokens;
    private final Distribution scheduledQueue;
    private final Distribution prefillSeconds;
    private final Distribution stepTokens;
    private final Distribution prefillStep;
    private final Distribution decodeStep;
    private final Distribution joiningSeconds;
    private final Distribution batchAdded;
    private final Distribution skipped;
    private final Distribution answeredSeconds;
    private final Distribution requestBytes;
    private final Distribution responseBytes;

    /** @param started in nanoseconds since 1970 */
    Traffic(TrafficShape shape, long seed, long started, Measures measures) {
        this.shape = shape;
        this.startedNanos = started;
        arrivals = new Arrivals(shape, seed);
        jitter = new Random(~seed);
        kv = new KvCache(running, timedRunning, measures);
        all = new RequestTally("all", measures);
        successful = new RequestTally("successful", measures);
        streamed = new RequestTally("streamed", measures);
        unstreamed = new RequestTally("unstreamed", measures);
        received = measures.count("requests.received");
        invalid = measures.count("requests.invalid");
        overloaded = measures.count("requests.overloaded");
        aborted = measures.count("requests.aborted");
        preemptions = measures.count("preemptions");
        prefixes = new PrefixTally(measures);
        loras = new LoraLog(shape.loras(), measures);
        slots = new SlotTally(measures);
        // all tokens, and all but the first of each request
        generated = measures.count("tokens.generated");
        decoded = measures.count("tokens.decoded");
        prefillSteps = measures.count("steps.prefill");
        decodeSteps = measures.count("steps.decode");
        joins = measures.count("joins");
        answeredOk = measures.count("answered.ok");
        answeredBegun = measures.count("answered.begun");
        validatedPrompt = measures.distribution("validated.prompt");
        validatedMaxTokens = measures.distribution("validated.max_tokens");
        scheduledQueue = measures.distribution("scheduled.queue");
        prefillSeconds = measures.distribution("prefill.seconds");
        stepTokens = measures.distribution("step.tokens");
        prefillStep = measures.distribution("step.prefill");
        decodeStep = measures.distribution("step.decode");
        joiningSeconds = measures.distribution("joining.seconds");
        batchAdded = measures.distribution("batch.added");
        skipped = measures.distribution("skipped");
        answeredSeconds = measures.distribution("answered.seconds");
        requestBytes = measures.distribution("answered.request_bytes");
        responseBytes = measures.distribution("answered.response_bytes");
        measures.distribution("none");
        measures.number("running", this::running);
        measures.number("waiting", this::waiting);
        measures.number("in_flight", () -> running() + waiting());
        measures.number("batch.capacity", shape::slots);
        measures.number("throughput", () -> running() == 0 ? 0 : throughput.generatedPerSecond());
        measures.number("throughput.prompt", () -> running() == 0 ? 0 : throughput.promptPerSecond());
        measures.number("seconds.up", () -> now / 1e9);
        measures.number("seconds.busy", () -> busyNanos() / 1e9);
        measures.number("seconds.idle", () -> (now - busyNanos()) / 1e9);
        Gpu.measure(this::running, measures);
    }

    /** To be told after each scrape. */
    void scraped() {
        slots.scraped();
    }

    /** Whether any request has come yet. */
    boolean begun() {
        return received.value() > 0;
    }

    private int running() {
        return running.size() + timedRunning.size();
    }

    private int waiting() {
        return waiting.size() + timedWaiting.size();
    }

    /** From now on so many requests arrive per second on average. */
    void requestsPerSecond(double value) {
        arrivals.requestsPerSecond(value, now);
    }

    /** Lets time pass up to so many nanoseconds after the start; never back. */
    void advanceTo(long nanos) {
        while (Math.min(script.nextAt(), Math.min(stepEnd, arrivals.nextAt())) <= nanos) {
            if (script.nextAt() <= Math.min(stepEnd, arrivals.nextAt())) {
                now = script.nextAt();
                script.happen();
            } else if (arrivals.nextAt() <= stepEnd) {
                arrive(arrivals.take());
            } else {
                endStep();
            }
        }
        now = Math.max(now, nanos);
    }

    /** Hands in a request; with given times it goes its own way beside the batch. */
    void submit(Submission submission) {
        RequestPlan plan = submission.plan(now);
        submission
                .times()
                .ifPresentOrElse(
                        times -> script.tell(
                                plan.arrivedAt(), () -> arriveTimed(new Request(plan, loras.take()), times)),
                        () -> script.tell(plan.arrivedAt(), () -> arrive(plan)));
    }

    private void arriveTimed(Request request, Submission.Times times) {
        received.add(1);
        validatedPrompt.observe(request.plan().promptTokens());
        validatedMaxTokens.observe(request.plan().maxTokens());
        timedWaiting.add(request);
        script.tell(now + times.queue(), () -> startTimed(request, times));
    }

    private void startTimed(Request request, Submission.Times times) {
        timedWaiting.remove(request);
        timedRunning.add(request);
        schedule(request, now);
        batchAdded.observe(1);
        kv.makeRoom();
        script.tell(now + times.prefill(), () -> {
            prefilled(List.of(request), times.prefill());
            afterTimedToken(request, times.perToken());
        });
    }

    private void afterTimedToken(Request request, long perToken) {
        if (request.ended()) {
            end(request);
            timedRunning.remove(request);
            if (stepEnd == NEVER) {
                startStep(now);
            }
        } else {
            script.tell(now + perToken, () -> {
                decoded(List.of(request), perToken);
                afterTimedToken(request, perToken);
            });
        }
        kv.makeRoom();
    }

    private void arrive(RequestPlan plan) {
        received.add(1);
        if (plan.ending() == Ending.INVALID) {
            refuse(invalid, plan);
        } else if (waiting.size() >= TrafficShape.QUEUE) {
            refuse(overloaded, plan);
        } else {
            validatedPrompt.observe(plan.promptTokens());
            validatedMaxTokens.observe(plan.maxTokens());
            waiting.add(new Request(plan, loras.take()));
        }
        if (stepEnd == NEVER) {
            startStep(plan.arrivedAt());
        }
    }

    private void refuse(Count why, RequestPlan plan) {
        why.add(1);
        answer(REFUSAL_SECONDS, plan, 120);
    }

    private void startStep(long at) {
        stepStart = at;
        preempt();
        admit();
        loras.see(running, waiting, (startedNanos + at) / 1e9);
        if (!prefilling.isEmpty()) {
            stepEnd = at + prefillNanos();
        } else if (!running.isEmpty()) {
            stepEnd = at + jittered(12_000_000L + 150_000L * running.size());
        } else {
            stepEnd = NEVER;
        }
    }

    /** Sends the youngest requests back until every other has room for its next token. */
    private void preempt() {
        while (shape.preempts() && running.size() > 1 && kv.isFullFor(running.size())) {
            Request youngest = running.remove(running.size() - 1);
            youngest.preempt();
            preemptions.add(1);
            waiting.addFirst(youngest);
        }
    }

    private void admit() {
        boolean joining = !running.isEmpty();
        while (!waiting.isEmpty() && running.size() < shape.slots() && fits(waiting.element())) {
            Request request = waiting.remove();
            if (request.generated() == 0) {
                schedule(request, stepStart);
            }
            prefilling.add(request);
            running.add(request);
        }
        if (!prefilling.isEmpty()) {
            batchAdded.observe(prefilling.size());
            kv.makeRoom();
            if (joining) {
                joins.add(1);
                joiningSeconds.observe(0.0001 * running.size());
            }
        }
    }

    private boolean fits(Request request) {
        return shape.preempts() ? kv.fitsNow(request, running.size()) : kv.fits(request);
    }

    private void schedule(Request request, long at) {
        request.schedule(at, kv.lookUp(request.plan()));
        scheduledQueue.observe(request.queueSeconds());
        prefixes.admitted(request);
    }

    private long prefillNanos() {
        return jittered(8_000_000L
                + 40_000L
                        * prefilling.stream().mapToInt(Request::uncachedTokens).sum());
    }

    private long jittered(long nanos) {
        return (long) (nanos * (0.9 + 0.2 * jitter.nextDouble()));
    }

    private void endStep() {
        now = stepEnd;
        busyNanos += now - stepStart;
        if (prefilling.isEmpty()) {
            decoded(running, now - stepStart);
        } else {
            prefilled(prefilling, now - stepStart);
            prefilling.clear();
        }
        running.stream().filter(Request::ended).forEach(this::end);
        running.removeIf(Request::ended);
        kv.makeRoom();
        startStep(now);
    }

    /** The step that is going on counts as far as it has got, so that neither busy nor idle time ever shrinks. */
    private long busyNanos() {
        return stepEnd == NEVER ? busyNanos : busyNanos + now - stepStart;
    }

    private void prefilled(List<Request> batch, long nanos) {
        prefillSteps.add(1);
        prefillStep.observe(nanos / 1e9);
        List<Request> fresh =
                batch.stream().filter(request -> request.generated() == 0).toList();
        List<Request> resumed =
                batch.stream().filter(request -> request.generated() > 0).toList();
        // what was computed before a preemption counts once
        long computed = prefixes.prefilled(fresh);
        stepTokens.observe(computed + resumed.size());
        slots.prefilled(computed, nanos / 1e9);
        fresh.forEach(this::firstToken);
        resumed.forEach(this::laterToken);
    }

    private void firstToken(Request request) {
        kv.remember(request.plan());
        token(request);
        prefillSeconds.observe(request.prefillSeconds());
        all.firstToken(request);
        byTransfer(request).firstToken(request);
    }

    private void decoded(List<Request> batch, long nanos) {
        decodeSteps.add(1);
        decodeStep.observe(nanos / 1e9);
        stepTokens.observe(batch.size());
        batch.forEach(this::laterToken);
        slots.decoded(batch);
        throughput.afterStep(decodeSteps.value(), generated.value(), prefixes.promptTokens(), now);
    }

    private void laterToken(Request request) {
        double gap = token(request);
        decoded.add(1);
        all.tokenAfter(gap);
        byTransfer(request).tokenAfter(gap);
    }

    private double token(Request request) {
        generated.add(1);
        skipped.observe(0);
        return request.addToken(now);
    }

    private void end(Request request) {
        kv.leaveBehind(request);
        slots.ended(request);
        all.ended(request);
        byTransfer(request).ended(request);
        if (request.successful()) {
            successful.ended(request);
            answeredOk.add(1);
        } else {
            aborted.add(1);
        }
        answeredBegun.add(1);
        answer(request.wholeSeconds(), request.plan(), request.plan().streamed() ? 0 : 400 + 5 * request.generated());
    }

    private void answer(double seconds, RequestPlan plan, int bytes) {
        answeredSeconds.observe(seconds);
        requestBytes.observe(120 + 4 * plan.promptTokens());
        responseBytes.observe(bytes);
    }

    private RequestTally byTransfer(Request request) {
        return request.plan().streamed() ? streamed : unstreamed;
    }
}
