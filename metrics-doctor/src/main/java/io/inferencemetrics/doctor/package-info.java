/**
 * What is wrong with a server, and what to do: {@code new Doctor().examine("http://localhost:30000").sentence()}.
 *
 * <p>Each cause is a constant of {@link io.inferencemetrics.doctor.Cause}, a method of one of the classes named
 * {@code ...Rules}, and a line in {@code Rules}.
 */
@NullMarked
package io.inferencemetrics.doctor;

import org.jspecify.annotations.NullMarked;
