/**
 * A streaming parser of the Prometheus text format 0.0.4, with the quoted UTF-8 names of Prometheus 3, and of OpenMetrics
 * 1.0.
 *
 * <p>Three forms read the same way: {@link io.inferencemetrics.prometheus.ExpositionCursor} pulls out of an array,
 * {@link io.inferencemetrics.prometheus.ExpositionStream} pushes out of chunks as they arrive, and
 * {@link io.inferencemetrics.prometheus.Exposition} gives families as records. The first two allocate nothing once they
 * have read a body; {@link io.inferencemetrics.prometheus.ExpositionReader} gives the records of one target again and
 * again, and makes anew only what changed. Strict options throw at the first bad line; lenient ones skip and count bad
 * lines and forgive what real servers get wrong; validating ones throw also at what breaks a rule of OpenMetrics across
 * lines, such as buckets out of order. All throw when a body exceeds the
 * {@link io.inferencemetrics.prometheus.ParserLimits}.
 *
 * <p>Inside, {@code LineReader} takes one line at a time and knows what holds across lines. {@code SampleParser}, {@code
 * LabelsParser} and {@code MetadataParser} are the line grammar, {@code EscapedText} the escapes and UTF-8; numbers are in
 * the internal package. {@code SeriesScanner} and {@code ValueScanner} read the one shape that servers write, {@code
 * RescrapeReader} what the body before has in common with this one, and {@code FamilyFilter} passes over what nobody
 * wants. {@code Validator}, with {@code SampleRules}, {@code MetricRules} and {@code HistogramRules}, holds what the lines
 * say against the rules of OpenMetrics. {@code FamilyCollector} and {@code SampleRecords} make the records.
 *
 * <p>On Java 25 and newer lines of families that are not wanted are passed over by vectors where the application's command
 * line has {@code --add-modules jdk.incubator.vector} and the processor has AVX2: faster once the JIT compiler has come to it,
 * after some thousands of such lines, and slower until then.
 */
@NullMarked
package io.inferencemetrics.prometheus;

import org.jspecify.annotations.NullMarked;
