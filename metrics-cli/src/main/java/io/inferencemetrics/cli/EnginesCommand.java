package io.inferencemetrics.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferencemetrics.Collectors;
import io.inferencemetrics.catalog.Catalog;
import io.inferencemetrics.spi.EngineProvider;
import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code engines}: what is installed. */
@Command(name = "engines", description = "Lists the engines that can be read.", mixinStandardHelpOptions = true)
final class EnginesCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--json", description = "Print the list as JSON.")
    private boolean json;

    @Override
    public void run() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (json) {
            out.println(json().toPrettyString());
        } else {
            Collectors.engines().stream().map(EngineProvider::catalog).forEach(catalog -> print(out, catalog));
        }
        out.flush();
    }

    private static void print(PrintWriter out, Catalog catalog) {
        out.printf(
                "%-8s %-8s port %-6s %d metrics%n",
                catalog.engine(),
                catalog.title(),
                catalog.port().isPresent() ? catalog.port().getAsInt() : "-",
                catalog.metrics().size());
    }

    private static ArrayNode json() {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (EngineProvider provider : Collectors.engines()) {
            ObjectNode node = array.addObject();
            node.put("id", provider.id());
            node.put("title", provider.catalog().title());
            provider.catalog().port().ifPresent(port -> node.put("port", port));
            node.put("metrics", provider.catalog().metrics().size());
        }
        return array;
    }
}
