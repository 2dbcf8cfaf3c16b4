package io.inferencemetrics.testkit.internal;

/** Lines as the Python client writes them: labels by name, {@code le} among them, all numbers with a point. */
final class PythonLines {
    private final StringBuilder text = new StringBuilder();

    void header(String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    void sample(String name, String labels, double value) {
        text.append(name);
        if (!labels.isEmpty()) {
            text.append('{').append(labels).append('}');
        }
        text.append(' ').append(NumberText.python(value)).append('\n');
    }

    void buckets(String name, Series.Observations series) {
        double[] bounds = series.histogram().bounds();
        long[] counts = series.histogram().cumulative();
        for (int i = 0; i < counts.length; i++) {
            double bound = i < bounds.length ? bounds[i] : Double.POSITIVE_INFINITY;
            sample(name + "_bucket", withBound(series.labels(), NumberText.python(bound)), counts[i]);
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private static String withBound(String labels, String bound) {
        String own = "le=\"" + bound + '"';
        int at = 0;
        while (at < labels.length() && labels.substring(at).compareTo("le=") < 0) {
            at = nextLabel(labels, at);
        }
        if (at == labels.length()) {
            return labels.isEmpty() ? own : labels + ',' + own;
        }
        return labels.substring(0, at) + own + ',' + labels.substring(at);
    }

    /** Where the label after this one begins; a value may hold commas and escaped quotes. */
    private static int nextLabel(String labels, int from) {
        int at = labels.indexOf('"', from) + 1;
        while (labels.charAt(at) != '"') {
            at += labels.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(labels.length(), at + 2);
    }
}
