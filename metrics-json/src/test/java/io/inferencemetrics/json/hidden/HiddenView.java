package io.inferencemetrics.json.hidden;

/** A view that other packages cannot see. */
record HiddenView(double value) {}
