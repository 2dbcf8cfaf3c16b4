package io.inferencemetrics.prometheus;

import io.inferencemetrics.prometheus.internal.ByteSearch;
import io.inferencemetrics.prometheus.internal.Swar;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads a line that starts with {@code #}: TYPE, HELP, UNIT, the end mark of OpenMetrics, or a comment. */
final class MetadataParser {
    private static final String EOF = "EOF";

    private final Line line;
    private final EscapedText text;
    private final Grammar grammar;
    private final Metadata metadata = new Metadata();

    MetadataParser(Line line, EscapedText text, Grammar grammar) {
        this.line = line;
        this.text = text;
        this.grammar = grammar;
    }

    Metadata metadata() {
        return metadata;
    }

    LineKind read() {
        LineKind usual = readUsual();
        return usual != LineKind.NOTHING ? usual : readAny();
    }

    /** HELP or TYPE in the one shape that servers write; nothing for all else. */
    private LineKind readUsual() {
        int start = line.at;
        if (line.end - start < MetadataPrefix.LENGTH + Swar.BYTES) {
            return LineKind.NOTHING;
        }
        long prefix = MetadataPrefix.of(line.bytes, start);
        int nameStart = start + MetadataPrefix.LENGTH;
        int nameEnd = usualNameEnd(nameStart);
        if (nameEnd < 0 || (prefix != MetadataPrefix.HELP && prefix != MetadataPrefix.TYPE)) {
            return LineKind.NOTHING;
        }
        metadata.name.set(line.bytes, nameStart, nameEnd);
        metadata.text.set(line.bytes, nameEnd + 1, line.end);
        if (prefix == MetadataPrefix.HELP) {
            return ByteSearch.isPlainHelp(line.bytes, nameEnd + 1, line.end) ? LineKind.HELP : LineKind.NOTHING;
        }
        @Nullable MetricType type = TypeWords.exact(metadata.text);
        if (type == null) {
            return LineKind.NOTHING;
        }
        metadata.type = type;
        return LineKind.TYPE;
    }

    /** Where a name ends that a space follows, or -1. */
    private int usualNameEnd(int from) {
        byte[] bytes = line.bytes;
        int last = line.end - Swar.BYTES;
        int at = from;
        long other = Swar.notInMetricName(Swar.load(bytes, at));
        while (other == 0 && at <= last - Swar.BYTES) {
            at += Swar.BYTES;
            other = Swar.notInMetricName(Swar.load(bytes, at));
        }
        at += Swar.first(other);
        return at > from && at < line.end && bytes[from] > '9' && bytes[at] == ' ' ? at : -1;
    }

    private LineKind readAny() {
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
