package io.inferencemetrics.identity;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferencemetrics.catalog.Catalog;
import io.inferencemetrics.catalog.Question;
import io.inferencemetrics.catalog.Question.About;
import io.inferencemetrics.catalog.Question.Cost;
import io.inferencemetrics.identity.Endpoints.Answer;
import io.inferencemetrics.identity.Fact.Known;
import io.inferencemetrics.identity.Fact.Reason;
import io.inferencemetrics.identity.Fact.Unknown;
import io.inferencemetrics.snapshot.VersionRange;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts the questions of an engine's catalogue to one server, once. */
final class Inquiry {
    private final Catalog catalog;
    private final Endpoints endpoints;
    private final Cost most;
    private final VersionRange versions;

    Inquiry(Catalog catalog, Endpoints endpoints, Cost most, VersionRange versions) {
        this.catalog = catalog;
        this.endpoints = endpoints;
        this.most = most;
        this.versions = versions;
    }

    /** What a busy engine may be slow to answer comes last, for all share one deadline. */
    ServerIdentity identity() {
        Instant asked = Instant.now();
        long askedNanos = System.nanoTime();
        return new ServerIdentity(
                endpoints.target().toString(),
                catalog.engine(),
                asked,
                askedNanos,
                fact(About.VERSION, inBody(Values::version)),
                fact(About.MODELS, inEntries(Values::models)),
                fact(About.MAX_LENGTH, inBody(Values::tokens)),
                fact(About.HEALTH, Inquiry::health),
                fact(About.SLEEPING, inBody(Values::flag)),
                fact(About.PAUSED, inBody(Values::flag)));
    }

    /** The first question that is answered tells; where none is, the reason that tells most. */
    private <T> Fact<T> fact(About about, BiFunction<Question, Answer.Came, Fact<T>> reader) {
        Unknown<T> why =
                new Unknown<>(Reason.NO_QUESTION, "no endpoint of " + catalog.title() + " is known that says so");
        for (Question question : questions(about)) {
            Fact<T> fact = question.cost().compareTo(most) > 0 ? notAsked(question) : read(question, reader);
            if (!(fact instanceof Unknown<T> unknown)) {
                return fact;
            }
            why = unknown.reason().compareTo(why.reason()) < 0 ? unknown : why;
        }
        return why;
    }

    private List<Question> questions(About about) {
        return catalog.questions().stream()
                .filter(question -> question.about() == about)
                .filter(question -> question.versions().intersect(versions).isPresent())
                .toList();
    }

    private <T> Fact<T> read(Question question, BiFunction<Question, Answer.Came, Fact<T>> reader) {
        Answer answer = endpoints.ask(question.path());
        if (answer instanceof Answer.Nothing nothing) {
            return new Unknown<>(nothing.reason(), nothing.detail());
        }
        return reader.apply(question, (Answer.Came) answer);
    }

    private static <T> Fact<T> notAsked(Question question) {
        return new Unknown<>(
                Reason.NOT_ASKED,
                path(question)
                        + (question.cost() == Cost.GENERATION
                                ? " makes the engine generate, so it is asked only on demand"
                                : " goes through the scheduler, so it is asked only on demand"));
    }

    private static <T> BiFunction<Question, Answer.Came, Fact<T>> inBody(Function<JsonNode, Optional<T>> reader) {
        return inEntries((question, node) -> reader.apply(node));
    }

    private static <T> BiFunction<Question, Answer.Came, Fact<T>> inEntries(
            BiFunction<Question, JsonNode, Optional<T>> reader) {
        return (question, came) -> {
            if (came.status() != 200) {
                return new Unknown<>(reason(came.status()), answered(question, came.status()));
            }
            JsonNode node = came.body().at(question.pointer());
            return node.isMissingNode() || node.isNull()
                    ? missing(question, came.body())
                    : reader.apply(question, node)
                            .<Fact<T>>map(found -> new Known<>(found, path(question)))
                            .orElseGet(() -> unusable(question));
        };
    }

    private static <T> Fact<T> missing(Question question, JsonNode body) {
        return body.isMissingNode()
                ? new Unknown<>(Reason.UNUSABLE, path(question) + " answered, but with no JSON")
                : new Unknown<>(Reason.NOT_THERE, path(question) + " answered, but without " + question.pointer());
    }

    private static <T> Fact<T> unusable(Question question) {
        String where = question.pointer().isEmpty() ? "the answer" : question.pointer();
        return new Unknown<>(
                Reason.UNUSABLE, path(question) + " answered, but " + where + " is not of the kind expected");
    }

    private static Fact<Health> health(Question question, Answer.Came came) {
        @Nullable String meaning = question.parts().get(Integer.toString(came.status()));
        return meaning == null
                ? new Unknown<>(reason(came.status()), answered(question, came.status()))
                : new Known<>(Health.valueOf(meaning.toUpperCase(Locale.ROOT)), path(question));
    }

    private static Reason reason(int status) {
        return switch (status) {
            case 401, 403 -> Reason.NEEDS_TOKEN;
            case 404, 405, 410, 501 -> Reason.NOT_THERE;
            default -> Reason.FAILED;
        };
    }

    private static String answered(Question question, int status) {
        String answered = path(question) + " answered " + status;
        if (reason(status) == Reason.NEEDS_TOKEN) {
            return answered + ": the server wants its API key, or another one";
        }
        return question.note().isEmpty() ? answered : answered + ": " + question.note();
    }

    private static String path(Question question) {
        return question.path().replaceFirst("\\?.*", "");
    }
}
