package io.inferencemetrics.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.inferencemetrics");

    private static final List<String> ENGINES =
            List.of("metrics-engine-llamacpp", "metrics-engine-sglang", "metrics-engine-tgi", "metrics-engine-vllm");

    /** Which modules a module may name in its build, beside test scope. */
    private static final Map<String, List<String>> ALLOWED = Map.ofEntries(
            Map.entry("metrics-prometheus-parser", List.of()),
            Map.entry("metrics-core", List.of("metrics-prometheus-parser")),
            Map.entry("metrics-engine-llamacpp", List.of("metrics-core")),
            Map.entry("metrics-engine-vllm", List.of("metrics-core")),
            Map.entry("metrics-engine-sglang", List.of("metrics-core")),
            Map.entry("metrics-engine-tgi", List.of("metrics-core")),
            Map.entry("metrics-gpu-dcgm", List.of("metrics-core")),
            Map.entry("metrics-gpu-nvml", List.of("metrics-core")),
            Map.entry("inference-metrics-engines", ENGINES),
            Map.entry("metrics-doctor", List.of("metrics-core")),
            Map.entry("metrics-energy", List.of("metrics-core")),
            Map.entry("metrics-host", List.of("metrics-core")),
            Map.entry("metrics-identity", List.of("metrics-core")),
            Map.entry("metrics-json", List.of("metrics-core")),
            Map.entry("metrics-testkit", List.of("metrics-core")));

    @Test
    void packagesImportEachOtherInOneDirection() {
        slices().matching("io.inferencemetrics.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void nothingInsideCoreImportsTheFrontDoor() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.inferencemetrics.catalog..",
                        "io.inferencemetrics.failure..",
                        "io.inferencemetrics.internal..",
                        "io.inferencemetrics.metric..",
                        "io.inferencemetrics.prometheus..",
                        "io.inferencemetrics.snapshot..",
                        "io.inferencemetrics.spi..",
                        "io.inferencemetrics.transport..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.inferencemetrics")
                .check(CLASSES);
    }

    @Test
    void theVocabularyAndTheAnswersKnowNothingOfWhatIsInternal() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.inferencemetrics.metric..",
                        "io.inferencemetrics.snapshot..",
                        "io.inferencemetrics.catalog..",
                        "io.inferencemetrics.spi..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..internal..")
                .check(CLASSES);
    }

    @Test
    void onlyTheEdgesUseReflection() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.inferencemetrics.json..", "io.inferencemetrics.cli..", "io.inferencemetrics.nvml..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.reflect..")
                .check(CLASSES);
    }

    @Test
    void descriptorsExportNoInternalPackage() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            List<Path> descriptors = files.filter(file -> file.endsWith("src/main/java/module-info.java"))
                    .toList();
            assertThat(descriptors).hasSizeGreaterThan(1);
            for (Path descriptor : descriptors) {
                assertThat(Files.readString(descriptor)).doesNotContainPattern("exports [a-z.]*internal[a-z.]*;");
            }
        }
    }

    @Test
    void modulesDependOnlyOnWhatTheTableAllows() throws IOException {
        for (Map.Entry<String, List<String>> module : ALLOWED.entrySet()) {
            Path pom = ROOT.resolve(module.getKey()).resolve("pom.xml");
            Matcher dependency = Pattern.compile(
                            "<dependency>\\s*<groupId>io.inferencemetrics</groupId>\\s*<artifactId>([^<]+)</artifactId>\\s*</dependency>")
                    .matcher(Files.exists(pom) ? Files.readString(pom) : "");
            assertThat(dependency.results().map(found -> found.group(1)))
                    .as(module.getKey())
                    .isSubsetOf(module.getValue());
        }
    }

    @Test
    void everyPathThatTheDocumentsNameExists() throws IOException {
        for (String document : List.of(
                "README.md",
                "ARCHITECTURE.md",
                "CONTRIBUTING.md",
                "docs/catalogue.md",
                "docs/doctor.md",
                "docs/energy.md",
                "docs/gpu.md",
                "docs/host.md",
                "docs/views.md")) {
            Path file = ROOT.resolve(document);
            Matcher link = Pattern.compile("\\]\\(([^)#:]+)\\)").matcher(Files.readString(file));
            while (link.find()) {
                assertThat(file.resolveSibling(link.group(1))).as(document).exists();
            }
        }
    }

    @Test
    void theAggregateBringsEveryEngineOnBothPaths() throws IOException {
        Path aggregate = ROOT.resolve("inference-metrics-engines");
        String build = Files.readString(aggregate.resolve("pom.xml"));
        String descriptor = Files.readString(aggregate.resolve("src/main/java/module-info.java"));
        Matcher engine = Pattern.compile("<module>metrics-engine-([^<]+)</module>")
                .matcher(Files.readString(ROOT.resolve("pom.xml")));
        List<String> engines = engine.results().map(found -> found.group(1)).toList();
        assertThat(engines).hasSameSizeAs(ENGINES);
        for (String id : engines) {
            assertThat(build).contains("<artifactId>metrics-engine-" + id + "</artifactId>");
            assertThat(descriptor).contains("requires transitive io.inferencemetrics.engine." + id + ";");
        }
    }

    @Test
    void everyModuleThatIsPublishedStandsInTheListOfVersions() throws IOException {
        String bom = Files.readString(ROOT.resolve("metrics-bom/pom.xml"));
        Matcher module = Pattern.compile("<module>([^<]+)</module>").matcher(Files.readString(ROOT.resolve("pom.xml")));
        List<String> notPublished = List.of("metrics-bom", "benchmarks", "live", "stress");
        assertThat(module.results().map(found -> found.group(1)).filter(name -> !notPublished.contains(name)))
                .allSatisfy(name -> assertThat(bom).contains("<artifactId>" + name + "</artifactId>"));
    }

    @Test
    void everyModuleOfTheBuildStandsOnTheMap() throws IOException {
        String map = Files.readString(ROOT.resolve("ARCHITECTURE.md"));
        Matcher module = Pattern.compile("<module>([^<]+)</module>").matcher(Files.readString(ROOT.resolve("pom.xml")));
        while (module.find()) {
            assertThat(map).contains("`" + module.group(1) + "`");
        }
    }
}
