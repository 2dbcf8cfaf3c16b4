/** NVIDIA's graphics processors, read in this process: through NVML, or else through nvidia-smi. */
@NullMarked
package io.inferencemetrics.nvml;

import org.jspecify.annotations.NullMarked;
