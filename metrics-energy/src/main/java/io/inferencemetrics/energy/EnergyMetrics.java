package io.inferencemetrics.energy;

import io.inferencemetrics.metric.Aggregation;
import io.inferencemetrics.metric.GaugeMetric;
import io.inferencemetrics.metric.Unit;

/** What a {@link TokenEnergy} answers. */
public final class EnergyMetrics {
    /** Energy for each token that the server generated. */
    public static final GaugeMetric PER_TOKEN = GaugeMetric.of(
            "energy.per_token",
            Unit.JOULES_PER_TOKEN,
            "Energy of the GPUs that serve a server, for each token that it generated.",
            Aggregation.MEAN);

    /** Energy of the GPUs that serve the server. */
    public static final GaugeMetric ENERGY = GaugeMetric.of(
            "energy.gpus", Unit.JOULES, "Energy of the GPUs that serve a server, over a window.", Aggregation.SUM);

    /** Mean power of the GPUs that serve the server. */
    public static final GaugeMetric POWER = GaugeMetric.of(
            "energy.power", Unit.WATTS, "Mean power of the GPUs that serve a server, over a window.", Aggregation.SUM);

    private EnergyMetrics() {}
}
