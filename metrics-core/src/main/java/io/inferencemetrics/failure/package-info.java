/** What can go wrong in a collect, said in one exception with a kind and a hint. */
@NullMarked
package io.inferencemetrics.failure;

import org.jspecify.annotations.NullMarked;
