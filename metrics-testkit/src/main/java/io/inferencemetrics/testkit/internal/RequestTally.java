package io.inferencemetrics.testkit.internal;

import io.inferencemetrics.testkit.internal.RequestPlan.Ending;

/** What is counted about requests of one kind; the kind is the beginning of the measures' names. */
final class RequestTally {
    private final Distribution firstToken;
    private final Distribution tokenGap;
    private final Distribution perToken;
    private final Distribution perTokenOverall;
    private final Distribution whole;
    private final Distribution queue;
    private final Distribution inference;
    private final Distribution prefill;
    private final Distribution decode;
    private final Distribution validation;
    private final Distribution prompt;
    private final Distribution uncached;
    private final Distribution generated;
    private final Distribution maxTokens;
    private final Distribution answers;
    private final Distribution preemptions;
    private final Count count;
    private final Count stopped;
    private final Count cut;
    private final Count promptTotal;
    private final Count cachedTotal;
    private final Count generatedTotal;

    RequestTally(String kind, Measures measures) {
        // seconds, seen while a request runs
        firstToken = measures.distribution(kind + ".first_token");
        tokenGap = measures.distribution(kind + ".token_gap");
        // seconds, seen when it ends
        perToken = measures.distribution(kind + ".per_token");
        perTokenOverall = measures.distribution(kind + ".per_token_overall");
        whole = measures.distribution(kind + ".whole");
        queue = measures.distribution(kind + ".queue");
        inference = measures.distribution(kind + ".inference");
        prefill = measures.distribution(kind + ".prefill");
        decode = measures.distribution(kind + ".decode");
        validation = measures.distribution(kind + ".validation");
        // tokens and numbers of one request
        prompt = measures.distribution(kind + ".prompt");
        uncached = measures.distribution(kind + ".uncached");
        generated = measures.distribution(kind + ".generated");
        maxTokens = measures.distribution(kind + ".max_tokens");
        answers = measures.distribution(kind + ".answers");
        preemptions = measures.distribution(kind + ".preemptions");
        // requests and their tokens
        count = measures.count(kind + ".count");
        stopped = measures.count(kind + ".stopped");
        cut = measures.count(kind + ".cut");
        promptTotal = measures.count(kind + ".prompt.total");
        cachedTotal = measures.count(kind + ".cached.total");
        generatedTotal = measures.count(kind + ".generated.total");
    }

    void firstToken(Request request) {
        firstToken.observe(request.firstTokenSeconds());
    }

    void tokenAfter(double seconds) {
        tokenGap.observe(seconds);
    }

    void ended(Request request) {
        observeSeconds(request);
        observeTokens(request);
        count.add(1);
        stopped.add(request.plan().ending() == Ending.STOPPED ? 1 : 0);
        cut.add(request.plan().ending() == Ending.CUT ? 1 : 0);
        promptTotal.add(request.plan().promptTokens());
        cachedTotal.add(request.cachedTokens());
        generatedTotal.add(request.generated());
    }

    private void observeSeconds(Request request) {
        whole.observe(request.wholeSeconds());
        queue.observe(request.queueSeconds());
        inference.observe(request.inferenceSeconds());
        prefill.observe(request.prefillSeconds());
        decode.observe(request.decodeSeconds());
        validation.observe(Traffic.VALIDATION_SECONDS);
        perTokenOverall.observe(request.inferenceSeconds() / request.generated());
        if (request.successful()) {
            perToken.observe(request.decodeSeconds() / Math.max(1, request.generated() - 1));
        }
    }

    private void observeTokens(Request request) {
        prompt.observe(request.plan().promptTokens());
        uncached.observe(request.uncachedTokens());
        generated.observe(request.generated());
        maxTokens.observe(request.plan().maxTokens());
        answers.observe(1);
        preemptions.observe(request.preemptions());
    }
}
