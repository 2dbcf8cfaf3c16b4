/** What is known about the exporters of NVIDIA's graphics processors. */
@NullMarked
package io.inferencemetrics.dcgm;

import org.jspecify.annotations.NullMarked;
