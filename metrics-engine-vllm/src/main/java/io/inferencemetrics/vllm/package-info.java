/** What is special to vLLM: its catalogue, and the view that its users expect. */
@NullMarked
package io.inferencemetrics.vllm;

import org.jspecify.annotations.NullMarked;
