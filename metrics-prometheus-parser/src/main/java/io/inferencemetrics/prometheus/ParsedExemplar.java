package io.inferencemetrics.prometheus;

/** The one exemplar that a parser fills again and again. */
final class ParsedExemplar extends Observation implements Exemplar {}
