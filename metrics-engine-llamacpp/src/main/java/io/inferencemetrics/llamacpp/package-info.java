/** What is known about llama.cpp's server. */
@NullMarked
package io.inferencemetrics.llamacpp;

import org.jspecify.annotations.NullMarked;
