package io.inferencemetrics.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.inferencemetrics.catalog.Question;
import io.inferencemetrics.snapshot.EngineVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Values in JSON that a stranger sent; empty where one is not of the kind expected. */
final class Values {
    private static final int MAX_TEXT = 1_024;

    private Values() {}

    static Optional<EngineVersion> version(JsonNode node) {
        return text(node).filter(text -> text.matches("[vb]?[0-9].*")).map(EngineVersion::of);
    }

    static Optional<Long> tokens(JsonNode node) {
        OptionalLong length = length(node);
        return length.isPresent() ? Optional.of(length.getAsLong()) : Optional.empty();
    }

    static Optional<Boolean> flag(JsonNode node) {
        return node.isBoolean() ? Optional.of(node.booleanValue()) : Optional.empty();
    }

    /** A list of models, or the only one; empty where one of them has no id. */
    static Optional<List<Model>> models(Question question, JsonNode node) {
        if (!node.isContainerNode()) {
            return Optional.empty();
        }
        Iterable<JsonNode> entries = node.isArray() ? node : List.of(node);
        List<Model> models = new ArrayList<>();
        for (JsonNode entry : entries) {
            Optional<String> id = text(part(question, "id", entry));
            if (id.isEmpty()) {
                return Optional.empty();
            }
            models.add(new Model(
                    id.get(),
                    text(part(question, "parent", entry)),
                    text(part(question, "root", entry)),
                    length(part(question, "max_length", entry))));
        }
        return Optional.of(List.copyOf(models));
    }

    private static JsonNode part(Question question, String name, JsonNode entry) {
        @Nullable String pointer = question.parts().get(name);
        return pointer == null ? MissingNode.getInstance() : entry.at(pointer);
    }

    /** Of bounded length, and nothing that a terminal would obey. */
    private static Optional<String> text(JsonNode node) {
        boolean plain = node.isTextual()
                && !node.textValue().isBlank()
                && node.textValue().length() <= MAX_TEXT
                && node.textValue().codePoints().noneMatch(Character::isISOControl);
        return plain ? Optional.of(node.textValue()) : Optional.empty();
    }

    private static OptionalLong length(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() && node.longValue() > 0
                ? OptionalLong.of(node.longValue())
                : OptionalLong.empty();
    }
}
