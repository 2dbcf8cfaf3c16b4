package io.inferencemetrics.host.internal;

import io.inferencemetrics.snapshot.Absence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The files in which Linux says what OSHI does not ask for.
 *
 * @param root the folder that holds {@code proc} and {@code sys}
 */
record KernelFiles(Path root) {
    private static final int MAX_BYTES = 1 << 20;

    /** The place of a path such as {@code /proc/pressure/cpu}. */
    Path at(String absolute) {
        return root.resolve(absolute.substring(1));
    }

    /** What a file such as {@code /proc/pressure/cpu} says. */
    KernelText read(String absolute) {
        return read(at(absolute));
    }

    /** What a file says; of one that is longer than a MiB nothing is believed. */
    static KernelText read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            return bytes.length > MAX_BYTES
                    ? KernelText.absent(Absence.UNKNOWN)
                    : new KernelText(new String(bytes, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return KernelText.NO_FILE;
        } catch (AccessDeniedException e) {
            return KernelText.absent(Absence.NO_PERMISSION);
        } catch (IOException e) {
            // the file is there and answers EOPNOTSUPP, as pressure does where the kernel was started without it
            return KernelText.absent(Absence.NOT_SUPPORTED);
        }
    }
}
