/**
 * The front door: {@code Collectors.forEngine("vllm").collect("http://localhost:8000")}.
 */
@NullMarked
package io.inferencemetrics;

import org.jspecify.annotations.NullMarked;
