package io.inferencemetrics.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferencemetrics.metric.CounterMetric;
import io.inferencemetrics.metric.HistogramMetric;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.metric.RatioMetric;
import io.inferencemetrics.metric.Vocabulary;
import io.inferencemetrics.window.Quantile;
import io.inferencemetrics.window.Rate;
import io.inferencemetrics.window.Window;

/**
 * A window as JSON: under each metric's stable name its increase and rate, its mean and quantiles, or its ratio, each a
 * reading as in {@link SnapshotJson}. Stateless.
 */
public final class WindowJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final double[] QUANTILES = {0.5, 0.9, 0.99};

    private WindowJson() {}

    /** The whole window; of the engine's own metrics those that have something to say. */
    public static ObjectNode write(Window window) {
        ObjectNode json = NODES.objectNode();
        json.put("engine", window.engine());
        window.length().ifPresent(length -> json.put("seconds", length.toNanos() / 1e9));
        writeResets(json.putArray("resets"), window);
        ObjectNode canonical = json.putObject("metrics");
        ObjectNode own = json.putObject("engine_metrics");
        for (Metric<?> metric : window.metrics()) {
            ObjectNode answers = answers(window, metric);
            boolean inVocabulary = Vocabulary.named(metric.name()).isPresent();
            if (!answers.isEmpty() && (inVocabulary || answers.findValue("absent") == null)) {
                (inVocabulary ? canonical : own).set(metric.name(), answers);
            }
        }
        return json;
    }

    private static void writeResets(ArrayNode json, Window window) {
        window.resets().forEach(reset -> {
            ObjectNode node = json.addObject();
            node.put("family", reset.family());
            ObjectNode labels = node.putObject("labels");
            reset.labels().forEach(labels::put);
        });
    }

    private static ObjectNode answers(Window window, Metric<?> metric) {
        ObjectNode json = NODES.objectNode();
        if (metric instanceof CounterMetric counter) {
            json.set("increase", ReadingJson.write(window.increase(counter)));
            json.set("rate", rate(window.rate(counter)));
        } else if (metric instanceof RatioMetric ratio) {
            json.set("ratio", ReadingJson.write(window.ratio(ratio)));
        } else if (metric instanceof HistogramMetric histogram) {
            json.set("mean", ReadingJson.write(window.mean(histogram)));
            for (double q : QUANTILES) {
                json.set("p" + Math.round(100 * q), quantile(window.quantile(histogram, q)));
            }
        }
        return json;
    }

    private static ObjectNode rate(Rate rate) {
        ObjectNode json = ReadingJson.write(rate.reading());
        if (rate.low() < rate.high()) {
            json.put("low", rate.low());
            json.put("high", rate.high());
        }
        return json;
    }

    private static ObjectNode quantile(Quantile quantile) {
        ObjectNode json = ReadingJson.write(quantile.reading());
        if (quantile.count() > 0) {
            json.set("low", Numbers.raw(quantile.low()));
            json.set("high", Numbers.raw(quantile.high()));
            json.put("count", quantile.count());
            json.put("in_overflow_bucket", quantile.inOverflowBucket());
        }
        return json;
    }
}
