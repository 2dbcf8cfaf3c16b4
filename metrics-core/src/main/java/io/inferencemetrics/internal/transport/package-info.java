/** The transports for HTTP, Unix sockets and files, and what they share: deadline, size limit, gzip. */
@NullMarked
package io.inferencemetrics.internal.transport;

import org.jspecify.annotations.NullMarked;
