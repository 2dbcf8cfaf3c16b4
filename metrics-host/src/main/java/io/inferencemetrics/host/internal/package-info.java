/** What the machine says, from OSHI and from the kernel's files, as the text of an exposition. */
@NullMarked
package io.inferencemetrics.host.internal;

import org.jspecify.annotations.NullMarked;
