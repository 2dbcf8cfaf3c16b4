package io.inferencemetrics.nvml.internal;

import io.inferencemetrics.prometheus.MetricType;
import java.nio.ByteBuffer;

/**
 * A number in an answer, and the family that it becomes.
 *
 * @param family the name on the wire
 * @param type of the family
 * @param kind of number
 * @param offset in the answer, in bytes
 */
record Slot(String family, MetricType type, Kind kind, int offset) {

    /** The numbers of C. */
    enum Kind {
        U32 {
            @Override
            double read(ByteBuffer from, int offset) {
                return Integer.toUnsignedLong(from.getInt(offset));
            }
        },
        I32 {
            @Override
            double read(ByteBuffer from, int offset) {
                return from.getInt(offset);
            }
        },
        U64 {
            @Override
            double read(ByteBuffer from, int offset) {
                long value = from.getLong(offset);
                return value >= 0 ? value : (value >>> 1) * 2.0;
            }
        };

        abstract double read(ByteBuffer from, int offset);
    }

    static Slot gauge(String family, Kind kind, int offset) {
        return new Slot(family, MetricType.GAUGE, kind, offset);
    }

    static Slot counter(String family, Kind kind, int offset) {
        return new Slot(family, MetricType.COUNTER, kind, offset);
    }

    double in(ByteBuffer answer) {
        return kind.read(answer, offset);
    }
}
