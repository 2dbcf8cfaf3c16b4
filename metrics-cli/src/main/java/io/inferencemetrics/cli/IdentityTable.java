package io.inferencemetrics.cli;

import io.inferencemetrics.identity.Fact;
import io.inferencemetrics.identity.Model;
import io.inferencemetrics.identity.ServerIdentity;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Who a server is, a line for each fact. */
final class IdentityTable {
    private final PrintWriter out;

    IdentityTable(PrintWriter out) {
        this.out = out;
    }

    void print(ServerIdentity identity) {
        out.printf("%s at %s, %s%n%n", identity.engine(), identity.target(), identity.asked());
        print("version", identity.version(), Object::toString);
        print("models", identity.models(), models -> Integer.toString(models.size()));
        identity.models().optional().ifPresent(this::printModels);
        print("longest sequence", identity.maxLength(), length -> length + " tokens");
        print("health", identity.health(), health -> health.name().toLowerCase(Locale.ROOT));
        print("sleeping", identity.sleeping(), IdentityTable::word);
        print("paused", identity.paused(), IdentityTable::word);
    }

    private <T> void print(String name, Fact<T> fact, Function<T, String> form) {
        if (fact instanceof Fact.Known<T> known) {
            out.printf("%-17s %-16s %s%n", name, form.apply(known.value()), known.source());
        } else if (fact instanceof Fact.Unknown<T> unknown) {
            String reason = unknown.reason().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            out.printf("%-17s %-16s %s%n", name, "- " + reason, unknown.detail());
        }
    }

    private void printModels(List<Model> models) {
        for (Model model : models) {
            String parent = model.parent().map(of -> ", adapter of " + of).orElse("");
            String root = model.root().map(of -> ", from " + of).orElse("");
            String length =
                    model.maxLength().isPresent() ? ", " + model.maxLength().getAsLong() + " tokens" : "";
            out.println("  " + model.id() + parent + root + length);
        }
    }

    private static String word(boolean flag) {
        return flag ? "yes" : "no";
    }
}
