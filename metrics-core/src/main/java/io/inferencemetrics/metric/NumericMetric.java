package io.inferencemetrics.metric;

/** A metric whose value is one number. */
public sealed interface NumericMetric extends Metric<Double> permits CounterMetric, GaugeMetric, RatioMetric {}
