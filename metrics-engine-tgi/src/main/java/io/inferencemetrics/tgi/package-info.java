/** What is special to Hugging Face TGI: its catalogue, and the view that its users expect. */
@NullMarked
package io.inferencemetrics.tgi;

import org.jspecify.annotations.NullMarked;
