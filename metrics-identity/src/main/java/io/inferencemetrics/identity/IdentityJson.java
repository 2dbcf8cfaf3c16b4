package io.inferencemetrics.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferencemetrics.snapshot.EngineVersion;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Who a server is as JSON; each fact is {@code {"value", "source"}}, or {@code {"unknown", "detail"}}.
 *
 * <p>The form is {@code identity.schema.json}. Stateless.
 */
public final class IdentityJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private IdentityJson() {}

    /** The identity as JSON. */
    public static ObjectNode write(ServerIdentity identity) {
        ObjectNode json = NODES.objectNode();
        json.put("target", identity.target());
        json.put("engine", identity.engine());
        json.put("asked", identity.asked().toString());
        json.set("version", fact(identity.version(), (EngineVersion version) -> NODES.textNode(version.text())));
        json.set("models", fact(identity.models(), IdentityJson::models));
        json.set("max_length", fact(identity.maxLength(), NODES::numberNode));
        json.set("health", fact(identity.health(), health -> NODES.textNode(word(health))));
        json.set("sleeping", fact(identity.sleeping(), NODES::booleanNode));
        json.set("paused", fact(identity.paused(), NODES::booleanNode));
        return json;
    }

    private static <T> ObjectNode fact(Fact<T> fact, Function<T, JsonNode> form) {
        ObjectNode json = NODES.objectNode();
        if (fact instanceof Fact.Known<T> known) {
            json.set("value", form.apply(known.value()));
            json.put("source", known.source());
        } else if (fact instanceof Fact.Unknown<T> unknown) {
            json.put("unknown", word(unknown.reason()));
            json.put("detail", unknown.detail());
        }
        return json;
    }

    private static ArrayNode models(List<Model> models) {
        ArrayNode array = NODES.arrayNode();
        for (Model model : models) {
            ObjectNode json = array.addObject();
            json.put("id", model.id());
            model.parent().ifPresent(parent -> json.put("parent", parent));
            model.root().ifPresent(root -> json.put("root", root));
            model.maxLength().ifPresent(length -> json.put("max_length", length));
        }
        return array;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
