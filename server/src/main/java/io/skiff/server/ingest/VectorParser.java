package io.skiff.server.ingest;

import io.skiff.index.SparseVector;
import io.skiff.index.SparseVectorBuilder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads a sparse vector from one line, in each of the notations that vectors come in. */
final class VectorParser {
    private final String location;

    VectorParser(String location) {
        this.location = location;
    }

    /** {@code {"token": 1.23, ...}}, the parser standing on its start. */
    SparseVector object(JsonParser parser) throws BadInputException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new BadInputException(
                    location, "the vector must be an object of token and weight, got " + JsonLine.describe(parser));
        }
        SparseVectorBuilder vector = new SparseVectorBuilder();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String token = parser.currentName();
            if (!parser.nextToken().isNumeric()) {
                throw new BadInputException(
                        location, "weight of token '" + token + "' must be a number, got " + JsonLine.describe(parser));
            }
            vector.add(token, weight(token, parser.getDoubleValue()));
        }
        return finish(vector);
    }

    /** {@code token:weight token:weight ...}; the weight stands behind the last colon of an item. */
    SparseVector weightedTokens(String text) throws BadInputException {
        String[] items = items(text);
        SparseVectorBuilder vector = new SparseVectorBuilder();
        for (String item : items) {
            int colon = item.lastIndexOf(':');
            OptionalDouble weight = colon > 0 ? number(item.substring(colon + 1)) : OptionalDouble.empty();
            if (weight.isEmpty()) {
                throw new BadInputException(location, "expected token:weight, got '" + item + "'");
            }
            String token = item.substring(0, colon);
            vector.add(token, weight(token, weight.getAsDouble()));
        }
        return finish(vector);
    }

    /** {@code tok tok tok}: a token's weight is how often it stands there. */
    SparseVector repeatedTokens(String text) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String item : items(text)) {
            counts.merge(item, 1, Integer::sum);
        }
        return SparseVector.of(counts);
    }

    /** Whether every item of a text is {@code token:weight}, and there is one. */
    static boolean isWeightedTokens(String text) {
        String[] items = items(text);
        return items.length > 0
                && Arrays.stream(items).allMatch(item -> {
                    int colon = item.lastIndexOf(':');
                    return colon > 0 && number(item.substring(colon + 1)).isPresent();
                });
    }

    private static OptionalDouble number(String text) {
        try {
            return OptionalDouble.of(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    private static String[] items(String text) {
        String stripped = text.strip();
        return stripped.isEmpty() ? new String[0] : stripped.split("\\s+");
    }

    /** Narrows a weight; checked before, since a tiny negative one would become a zero, which is allowed. */
    private float weight(String token, double weight) throws BadInputException {
        if (!(weight >= 0) || Double.isInfinite((float) weight)) {
            throw new BadInputException(
                    location, "weight of token '" + token + "' must be finite and not negative, got " + weight);
        }
        return (float) weight;
    }

    private SparseVector finish(SparseVectorBuilder vector) throws BadInputException {
        try {
            return vector.build();
        } catch (IllegalArgumentException e) {
            throw new BadInputException(location, e.getMessage());
        }
    }
}
