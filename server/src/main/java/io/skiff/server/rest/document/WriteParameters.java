package io.skiff.server.rest.document;

import io.skiff.index.store.Condition;
import io.skiff.server.collection.LiveIndex;
import io.skiff.server.rest.Request;
import io.skiff.server.rest.RestException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The parameters that requests to write share. */
final class WriteParameters {
    /** Those that every write has; nothing has to be waited for. */
    static final Set<String> COMMON = Set.of("refresh", "timeout", "wait_for_active_shards", "require_alias");

    /** Those of writes under a condition. */
    static final Set<String> CONDITIONAL = with("if_seq_no", "if_primary_term");

    private WriteParameters() {}

    /** The common ones and some more. */
    static Set<String> with(String... more) {
        Set<String> all = new HashSet<>(COMMON);
        all.addAll(Set.of(more));
        return Set.copyOf(all);
    }

    /** When what is written is found. */
    enum Refresh {
        /** When the index is next refreshed by itself. */
        LATER,
        /** With the answer, {@code true}. */
        NOW,
        /** With the answer, {@code wait_for}; here the refresh is not waited for, but done. */
        WAIT_FOR;

        /** Refreshes an index that was written, if that is what was asked for. */
        void apply(LiveIndex index) {
            if (this != LATER) {
                index.refresh();
            }
        }
    }

    static Refresh refresh(Request request) {
        requireNoAlias(request);
        return switch (request.parameter("refresh").orElse("false")) {
            case "", "true" -> Refresh.NOW;
            case "wait_for" -> Refresh.WAIT_FOR;
            case "false" -> Refresh.LATER;
            default ->
                throw RestException.illegalArgument("Unknown value for refresh: ["
                        + request.parameter("refresh").get() + "].");
        };
    }

    private static void requireNoAlias(Request request) {
        if (request.parameter("require_alias").orElse("false").equals("true")) {
            throw RestException.illegalArgument("[require_alias] cannot be met: there are no aliases in this version");
        }
    }

    /** {@code if_seq_no} and {@code if_primary_term}. */
    static Optional<Condition> condition(Request request) {
        return condition(
                request.parameter("if_seq_no").map(value -> number("if_seq_no", value)),
                request.parameter("if_primary_term").map(value -> number("if_primary_term", value)));
    }

    /** The same as numbers, which go together. */
    static Optional<Condition> condition(Optional<Long> sequenceNumber, Optional<Long> primaryTerm) {
        if (sequenceNumber.isPresent() != primaryTerm.isPresent()) {
            throw new RestException(
                    400,
                    "action_request_validation_exception",
                    "Validation Failed: 1: "
                            + (sequenceNumber.isPresent()
                                    ? "ifSeqNo is set, but primary term is [0]"
                                    : "ifSeqNo is unassigned, but primary term is [" + primaryTerm.get() + "]")
                            + ";");
        }
        return sequenceNumber.map(number -> new Condition.Unchanged(number, primaryTerm.get()));
    }

    static long number(String name, String value) {
        try {
            long number = Long.parseLong(value);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw RestException.illegalArgument(
                    "Failed to parse long parameter [" + name + "] with value [" + value + "]");
        }
        throw RestException.illegalArgument("[" + name + "] must be 0 or more, got [" + value + "]");
    }
}
