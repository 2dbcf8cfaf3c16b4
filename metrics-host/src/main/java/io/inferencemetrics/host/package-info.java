/** Makes the machine that the application runs on readable: {@code Collectors.forHost()}. */
@NullMarked
package io.inferencemetrics.host;

import org.jspecify.annotations.NullMarked;
