/** What is special to SGLang: its catalogue, and the view that its users expect. */
@NullMarked
package io.inferencemetrics.sglang;

import org.jspecify.annotations.NullMarked;
