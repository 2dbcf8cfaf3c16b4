package io.inferencemetrics.prometheus;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a line that starts with {@code #}: TYPE, HELP, UNIT, the end mark of OpenMetrics, or a comment. */
final class MetadataParser {
    private static final String EOF = "EOF";

    private final Line line;
    private final EscapedText text;
    private final Grammar grammar;
    private final Metadata metadata = new Metadata();
    private final MetadataScanner usual = new MetadataScanner();

    MetadataParser(Line line, EscapedText text, Grammar grammar) {
        this.line = line;
        this.text = text;
        this.grammar = grammar;
    }

    Metadata metadata() {
        return metadata;
    }

    /** Forgets the line before: other bytes follow. */
    void start() {
        usual.start();
    }

    /**
     * Reads a line in the shape that servers usually write; what it says is found by {@link #setUsual} when somebody asks.
     *
     * @param to where the bytes end
     * @return the index of its newline, or -1 when it is of another shape, which {@link #read()} is for
     */
    int readUsual(byte[] bytes, int from, int to) {
        return usual.scan(bytes, from, to);
    }

    /** HELP or TYPE, for a line in the usual shape. */
    Event usualEvent() {
        return MetadataPrefix.of(line.bytes, line.start) == MetadataPrefix.HELP ? Event.HELP : Event.TYPE;
    }

    /** Finds what the line says; false when it is not in the usual shape, and {@link #read()} has to. */
    boolean setUsual() {
        byte[] bytes = line.bytes;
        // its newline is there, so nothing behind it counts
        if (!usual.hasScanned(line.start) && usual.scan(bytes, line.start, bytes.length) != line.end) {
            return false;
        }
        metadata.name.set(bytes, usual.nameStart(), usual.nameEnd());
        metadata.text.set(bytes, usual.nameEnd() + 1, line.end);
        if (usualEvent() == Event.TYPE) {
            metadata.type = Objects.requireNonNull(TypeWords.exact(metadata.text), "a usual type");
        }
        return true;
    }

    LineKind read() {
        line.at++;
        int start = line.at;
        boolean spaced = line.isAtBlank();
        readBlanks();
        if (!spaced) {
            return comment(start);
        }
        if (grammar.openMetrics() && isEndOfFile()) {
            return LineKind.END_OF_FILE;
        }
        LineKind kind = readKeyword();
        if (kind == LineKind.NOTHING) {
            return comment(line.at);
        }
        metadata.name.clear();
        metadata.text.clear();
        return readName() && readRest(kind) ? kind : LineKind.BAD;
    }

    private LineKind comment(int start) {
        if (grammar.tolerant()) {
            return LineKind.NOTHING;
        }
        line.fail("expected HELP, TYPE, UNIT or EOF after '# '", start);
        return LineKind.BAD;
    }

    private boolean isEndOfFile() {
        if (!line.startsWith(EOF)) {
            return false;
        }
        int end = line.at + EOF.length();
        for (int i = end; i < line.end; i++) {
            boolean blank = line.bytes[i] == ' ' || line.bytes[i] == '\t';
            if (!blank || !grammar.tolerant()) {
                return false;
            }
        }
        return true;
    }

    private LineKind readKeyword() {
        LineKind kind = keyword();
        if (kind != LineKind.NOTHING) {
            line.at += kind.name().length();
            readBlanks();
        }
        return kind;
    }

    private LineKind keyword() {
        if (isKeyword("HELP")) {
            return LineKind.HELP;
        }
        if (isKeyword("TYPE")) {
            return LineKind.TYPE;
        }
        return grammar.openMetrics() && isKeyword("UNIT") ? LineKind.UNIT : LineKind.NOTHING;
    }

    private boolean isKeyword(String keyword) {
        int end = line.at + keyword.length();
        return line.startsWith(keyword) && end < line.end && (line.bytes[end] == ' ' || line.bytes[end] == '\t');
    }

    private boolean readName() {
        if (line.isAt('"')) {
            int start = line.at;
            return text.readQuotedName(metadata.name)
                    && (!metadata.name.isEmpty() || line.fail("expected a name that is not empty", start));
        }
        int end = NameBytes.metricNameEnd(line.bytes, line.at, line.end);
        if (end == line.at) {
            return line.fail("expected a metric name");
        }
        metadata.name.set(line.bytes, line.at, end);
        line.at = end;
        return true;
    }

    private boolean readRest(LineKind kind) {
        boolean bare = line.atEnd() && grammar.tolerant();
        boolean separated = grammar.tolerant() ? line.isAtBlank() : line.isAt(' ');
        if (!bare && !separated) {
            return line.fail("expected a space after the metric name");
        }
        if (separated) {
            line.at++;
        }
        return switch (kind) {
            case HELP -> text.readHelp(metadata.text);
            case TYPE -> readType();
            default -> readUnit();
        };
    }

    private boolean readType() {
        readWord();
        @Nullable
        MetricType type = grammar.tolerant() ? TypeWords.tolerant(metadata.text) : TypeWords.exact(metadata.text);
        if (type == null || (metadata.text.isEmpty() && !grammar.lenient())) {
            return line.fail("expected a metric type");
        }
        metadata.type = type;
        return true;
    }

    private boolean readUnit() {
        readWord();
        if (!text.checkUnit(metadata.text)) {
            return false;
        }
        return grammar.lenient() || isSuffixOfName(metadata.text) || line.fail("expected a unit that the name ends in");
    }

    private boolean isSuffixOfName(ByteSlice unit) {
        if (unit.isEmpty()) {
            return true;
        }
        ByteSlice name = metadata.name;
        int separator = name.length() - unit.length() - 1;
        return separator >= 0
                && name.byteAt(separator) == '_'
                && Arrays.equals(
                        name.array(),
                        name.offset() + separator + 1,
                        name.offset() + name.length(),
                        unit.array(),
                        unit.offset(),
                        unit.offset() + unit.length());
    }

    /** The rest of the line, without the blanks around it where blanks do not count. */
    private void readWord() {
        readBlanksIfTolerant();
        int to = line.end;
        while (grammar.tolerant() && to > line.at && (line.bytes[to - 1] == ' ' || line.bytes[to - 1] == '\t')) {
            to--;
        }
        metadata.text.set(line.bytes, line.at, to);
    }

    private void readBlanksIfTolerant() {
        if (grammar.tolerant()) {
            line.skipBlanks();
        }
    }

    /** One space in strict OpenMetrics; a second one, or a tab, is left for what follows to trip over. */
    private void readBlanks() {
        if (grammar.tolerant()) {
            line.skipBlanks();
        } else {
            line.take(' ');
        }
    }
}
