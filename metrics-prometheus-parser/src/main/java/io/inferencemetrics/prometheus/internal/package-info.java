/** Numbers and UTF-8: what the line grammar needs and what knows nothing about it. */
@NullMarked
package io.inferencemetrics.prometheus.internal;

import org.jspecify.annotations.NullMarked;
