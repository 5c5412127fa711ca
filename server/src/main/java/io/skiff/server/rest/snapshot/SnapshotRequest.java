package io.skiff.server.rest.snapshot;

import io.skiff.server.rest.JsonReader;
import io.skiff.server.rest.RestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What a request to make or restore a snapshot asks for.
 *
 * @param indices which indexes; all of them if empty
 * @param renamePattern what of an index's name is replaced when it is restored
 * @param renameReplacement by what
 */
record SnapshotRequest(List<String> indices, Optional<Pattern> renamePattern, String renameReplacement) {
    private static final List<String> MEMBERS = List.of(
            "indices", "rename_pattern", "rename_replacement", "include_global_state", "ignore_unavailable", "partial");

    static SnapshotRequest parse(byte[] body) {
        List<String> indices = new ArrayList<>();
        String[] rename = {null, ""};
        if (body.length > 0) {
            JsonReader.read(body, json -> {
                json.object("snapshot", member -> {
                    switch (member) {
                        case "indices" -> {
                            if (json.isArray()) {
                                json.array("indices", () -> indices.add(json.string("indices")));
                            } else {
                                indices.addAll(List.of(json.string("indices").split(",")));
                            }
                        }
                        case "rename_pattern" -> rename[0] = json.string("rename_pattern");
                        case "rename_replacement" -> rename[1] = json.string("rename_replacement");
                        case "include_global_state", "ignore_unavailable", "partial" -> {
                            if (json.bool(member)) {
                                throw json.fail("[" + member + "] can only be [false] here");
                            }
                        }
                        default -> throw json.unknown("snapshot", member, MEMBERS);
                    }
                });
                return null;
            });
        }
        indices.removeIf(name -> name.equals("*") || name.equals("_all"));
        return new SnapshotRequest(indices, Optional.ofNullable(rename[0]).map(SnapshotRequest::pattern), rename[1]);
    }

    private static Pattern pattern(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw RestException.illegalArgument(
                    "[rename_pattern] = [" + text + "] is no pattern: " + e.getDescription());
        }
    }

    /** The name that an index is restored under. */
    String renamed(String index) {
        try {
            return renamePattern
                    .map(pattern -> pattern.matcher(index).replaceAll(renameReplacement))
                    .orElse(index);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw RestException.illegalArgument(
                    "[rename_replacement] = [" + renameReplacement + "] does not fit: " + e.getMessage());
        }
    }
}
