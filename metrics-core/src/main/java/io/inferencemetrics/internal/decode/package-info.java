/**
 * From the samples of a body to the answers of a snapshot.
 *
 * <p>{@link io.inferencemetrics.internal.decode.Decoder} fills a frame of numbers while the body streams past;
 * {@link io.inferencemetrics.internal.decode.Layout} knows what each number means;
 * {@link io.inferencemetrics.internal.decode.FrameSnapshot} is an immutable copy of the frame that answers questions.
 */
@NullMarked
package io.inferencemetrics.internal.decode;

import org.jspecify.annotations.NullMarked;
