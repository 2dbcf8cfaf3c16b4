package examples;

import io.inferencemetrics.Collectors;
import io.inferencemetrics.snapshot.Coverage;

/** Asks what a TGI server does and does not say: the first thing to look at when a number is missing. */
public final class CoverageReport {
    private CoverageReport() {}

    /** Takes the server's address. */
    public static void main(String[] arguments) {
        Coverage coverage = Collectors.forEngine("tgi").collect(arguments[0]).coverage();

        System.out.println("version      " + coverage.inferredVersion().inWords());
        System.out.println("found        " + coverage.found().size() + " families");
        coverage.absent()
                .forEach(missing -> System.out.println(
                        "absent       " + missing.metric().name() + ": " + missing.reason() + ", " + missing.detail()));
        coverage.unmapped().forEach(name -> System.out.println("unknown      " + name));
        coverage.firstSkipped().forEach(line -> System.out.println("unreadable   " + line));
    }
}
