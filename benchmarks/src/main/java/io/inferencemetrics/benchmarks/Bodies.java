package io.inferencemetrics.benchmarks;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Bodies like those of servers that are polled, written by us after what real ones send. */
final class Bodies {
    private static final String MODEL = "meta-llama/Llama-3.1-8B-Instruct";
    private static final String[] SECONDS_BOUNDS = {
        "0.001", "0.005", "0.01", "0.02", "0.04", "0.06", "0.08", "0.1", "0.25", "0.5", "0.75", "1.0", "2.5", "5.0",
        "7.5", "10.0", "20.0", "40.0", "80.0", "160.0", "640.0", "2560.0", "+Inf"
    };

    private static final String[] VLLM_COUNTERS = {"vllm:prefix_cache_queries", "vllm:prefix_cache_hits"};
    private static final String[] CONTAINER_FAMILIES = {
        "container_cpu_usage_seconds_total",
        "container_memory_working_set_bytes",
        "container_network_receive_bytes_total",
        "container_fs_writes_bytes_total",
        "container_oom_events_total"
    };
    private static final String[] SCHEDULER_FAMILIES = {
        "sglang:num_running_reqs",
        "sglang:num_queue_reqs",
        "sglang:token_usage",
        "sglang:gen_throughput",
        "sglang:cache_hit_rate"
    };

    private Bodies() {}

    /** vLLM with data-parallel engines: some 45 kB an engine, three lines in four are buckets. */
    static Body vllm(int engines) {
        Body body = new Body();
        for (String gauge : new String[] {"num_requests_running", "num_requests_waiting", "kv_cache_usage_perc"}) {
            head(body, "vllm:" + gauge, "gauge", "Number of requests in model execution batches, or their share.");
            for (int e = 0; e < engines; e++) {
                body.sample("vllm:" + gauge + labels(e, ""), Numbers.PYTHON_GAUGE);
            }
        }
        for (int c = 0; c < 18; c++) {
            String counter = c < VLLM_COUNTERS.length ? VLLM_COUNTERS[c] : "vllm:some_counter_of_tokens_" + c;
            head(
                    body,
                    counter + "_total",
                    "counter",
                    "Number of tokens that were processed since the server started, by engine.");
            for (int e = 0; e < engines; e++) {
                body.sample(counter + "_total" + labels(e, ""), Numbers.PYTHON_COUNT);
            }
            head(
                    body,
                    counter + "_created",
                    "gauge",
                    "Number of tokens that were processed since the server started, by engine.");
            for (int e = 0; e < engines; e++) {
                body.sample(counter + "_created" + labels(e, ""), Numbers.PYTHON_CREATED);
            }
        }
        for (int h = 0; h < 13; h++) {
            histogram(body, "vllm:request_stage_" + h + "_time_seconds", engines);
        }
        return body;
    }

    private static void histogram(Body body, String name, int engines) {
        head(body, name, "histogram", "Histogram of time spent in a phase of a request, in seconds.");
        for (int e = 0; e < engines; e++) {
            int engine = e;
            histogram(body, name, le -> labels(engine, le));
        }
    }

    /** @param labels with what tells one bucket from the next */
    private static void histogram(Body body, String name, UnaryOperator<String> labels) {
        body.histogram(
                Stream.of(SECONDS_BOUNDS)
                        .map(le -> name + "_bucket" + labels.apply("le=\"" + le + "\","))
                        .toList(),
                name + "_count" + labels.apply(""),
                name + "_sum" + labels.apply(""),
                Numbers.PYTHON_COUNT,
                Numbers.PYTHON_SUM);
    }

    private static String labels(int engine, String le) {
        return "{engine=\"" + engine + "\"," + le + "model_name=\"" + MODEL + "\"}";
    }

    private static void head(Body body, String name, String type, String help) {
        body.comment("# HELP " + name + " " + help).comment("# TYPE " + name + " " + type);
    }

    /** A host: 5 MB, 40,000 samples, many of them flags with the name of a unit, a disk, a device. */
    static Body node() {
        Body body = new Body();
        Random random = new Random(2);
        host(body);
        String[] states = {"activating", "active", "deactivating", "failed", "inactive"};
        head(body, "node_systemd_unit_state", "gauge", "Systemd unit");
        for (int unit = 0; unit < 5_000; unit++) {
            for (String state : states) {
                body.sample(
                        "node_systemd_unit_state{name=\"" + word(random, 30, 74) + ".service\",state=\"" + state
                                + "\",type=\"simple\"}",
                        Numbers.FLAG);
            }
        }
        for (int m = 0; m < 58; m++) {
            String name = "node_" + word(random, 6, 12) + "_" + word(random, 6, 14) + "_total";
            head(body, name, "counter", "Some counter of the kernel, by device and by " + name + ".");
            for (int device = 0; device < 250; device++) {
                body.sample(
                        name + "{cpu=\"" + device % 64 + "\",device=\"" + word(random, 30, 74) + "\",mode=\"idle\"}",
                        device % 5 == 0 ? Numbers.LARGE : Numbers.COUNT);
            }
        }
        return body;
    }

    private static void host(Body body) {
        head(body, "node_load1", "gauge", "1m load average.");
        body.sample("node_load1", Numbers.SECONDS);
        head(body, "node_memory_MemAvailable_bytes", "gauge", "Memory information field MemAvailable_bytes.");
        body.sample("node_memory_MemAvailable_bytes", Numbers.LARGE);
        head(body, "node_cpu_seconds_total", "counter", "Seconds the CPUs spent in each mode.");
        for (int cpu = 0; cpu < 64; cpu++) {
            for (String mode : new String[] {"idle", "iowait", "irq", "nice", "softirq", "steal", "system", "user"}) {
                body.sample("node_cpu_seconds_total{cpu=\"" + cpu + "\",mode=\"" + mode + "\"}", Numbers.SECONDS);
            }
        }
        for (String name : new String[] {"node_network_receive_bytes_total", "node_network_transmit_bytes_total"}) {
            head(body, name, "counter", "Network device statistic.");
            for (int device = 0; device < 24; device++) {
                body.sample(name + "{device=\"eth" + device + "\"}", Numbers.LARGE);
            }
        }
    }

    /** Containers: 430 bytes a line, most of them in long values of labels, and the time of the scrape. */
    static Body cadvisor() {
        Body body = new Body().withTimestamps();
        Random random = new Random(3);
        for (int m = 0; m < 68; m++) {
            String other = "container_" + word(random, 6, 10) + "_" + word(random, 6, 12) + "_seconds_total";
            String name = m < CONTAINER_FAMILIES.length ? CONTAINER_FAMILIES[m] : other;
            head(body, name, "counter", "Cumulative time consumed by a container in seconds.");
            for (int c = 0; c < 200; c++) {
                String pod = word(random, 20, 30);
                body.sample(
                        name + "{container=\"" + word(random, 8, 16)
                                + "\",id=\"/kubepods.slice/kubepods-burstable.slice/"
                                + "kubepods-burstable-pod" + hex(random, 32) + ".slice/cri-containerd-"
                                + hex(random, 64)
                                + ".scope\",image=\"registry.example.com/platform/" + word(random, 10, 20)
                                + ":1.2.3\",name=\"" + hex(random, 32) + "\",namespace=\""
                                + word(random, 8, 16) + "\",pod=\"" + pod + "\"}",
                        Numbers.SECONDS);
            }
        }
        return body;
    }

    /** 40,000 short lines without labels. */
    static Body labelless() {
        Body body = new Body();
        Random random = new Random(4);
        for (int i = 0; i < 40_000; i++) {
            body.sample(word(random, 8, 16) + "_" + i, Numbers.COUNT);
        }
        return body;
    }

    /** Names in {@link #labelless()}, far apart from each other. */
    static Set<String> labellessNames(int count) {
        List<String> names = labelless().series();
        Set<String> spread = new LinkedHashSet<>();
        for (int i = 0; i < count; i++) {
            spread.add(names.get((2 * i + 1) * names.size() / (2 * count)));
        }
        return spread;
    }

    /** TGI: families in another order at every scrape, two of them with 1,025 buckets. */
    static Body tgi() {
        Body body = new Body().reordered();
        for (String name : new String[] {"tgi_queue_size", "tgi_batch_current_size", "tgi_batch_current_max_tokens"}) {
            body.comment("# TYPE " + name + " gauge").sample(name, Numbers.COUNT);
        }
        for (String name : new String[] {"tgi_request_count", "tgi_request_success"}) {
            body.comment("# TYPE " + name + " counter").sample(name, Numbers.COUNT);
        }
        for (String stage : new String[] {"", "_validation", "_queue", "_inference", "_mean_time_per_token"}) {
            bounds(body, "tgi_request" + stage + "_duration", 37, le -> Double.toString(1e-4 * Math.pow(1.5, le)));
        }
        bounds(body, "tgi_request_generated_tokens", 100, Integer::toString);
        bounds(body, "tgi_request_input_length", 100, Integer::toString);
        bounds(body, "tgi_batch_next_size", 1_024, Integer::toString);
        bounds(body, "tgi_request_max_new_tokens", 1_024, Integer::toString);
        return body;
    }

    private static void bounds(Body body, String name, int bounds, IntFunction<String> bound) {
        body.comment("# TYPE " + name + " histogram");
        List<String> buckets = Stream.concat(IntStream.rangeClosed(1, bounds).mapToObj(bound), Stream.of("+Inf"))
                .map(le -> name + "_bucket{le=\"" + le + "\"}")
                .toList();
        body.histogram(buckets, name + "_count", name + "_sum", Numbers.COUNT, Numbers.SECONDS);
    }

    /** SGLang with tensor-parallel ranks: schedulers say what they do by rank, and one of them when requests were done. */
    static Body sglang(int ranks) {
        Body body = new Body();
        for (int m = 0; m < 16; m++) {
            boolean gauge = m < 12;
            String name = m < SCHEDULER_FAMILIES.length ? SCHEDULER_FAMILIES[m] : "sglang:some_family_" + m;
            head(body, name, gauge ? "gauge" : "counter", "What a scheduler says about itself.");
            for (int rank = 0; rank < ranks; rank++) {
                body.sample(name + rankLabels(rank, ""), gauge ? Numbers.PYTHON_GAUGE : Numbers.PYTHON_COUNT);
            }
        }
        for (int h = 0; h < 18; h++) {
            String name = "sglang:some_request_time_" + h + "_seconds";
            head(body, name, "histogram", "Histogram of a time of requests.");
            histogram(body, name, le -> rankLabels(0, le));
        }
        return body;
    }

    private static String rankLabels(int rank, String le) {
        return "{engine_type=\"unified\"," + le + "model_name=\"" + MODEL
                + "\",moe_ep_rank=\"0\",pp_rank=\"0\",tp_rank=\"" + rank + "\"}";
    }

    private static String word(Random random, int least, int most) {
        StringBuilder word = new StringBuilder();
        int length = least + random.nextInt(most - least + 1);
        for (int i = 0; i < length; i++) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }

    private static String hex(Random random, int digits) {
        StringBuilder hex = new StringBuilder();
        while (hex.length() < digits) {
            hex.append(String.format(Locale.ROOT, "%08x", random.nextInt()));
        }
        return hex.substring(0, digits);
    }
}
