package io.skiff.server.demo;

import io.skiff.server.ingest.InputRecord;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * A documented package, type or member of an API.
 *
 * @param id its qualified name, with the parameter types of a method: {@code java.lang.String#split(String,int)}
 * @param title its signature as people read it: {@code String.split(String regex, int limit)}
 * @param text its documentation comment without markup, one paragraph a line
 * @param summary the first sentence of the comment
 * @param context the first sentence of the enclosing type's comment, empty for an outermost type
 * @param packageName the package
 * @param moduleName the module
 * @param kind what it is: {@code package}, {@code class}, {@code method}, ...
 * @param location where it stands: {@code java.base/java/lang/String.java:2941}
 */
record ApiDocument(
        String id,
        String title,
        String text,
        String summary,
        String context,
        String packageName,
        String moduleName,
        String kind,
        String location) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** The document as the index takes it. */
    InputRecord toRecord() {
        Map<String, String> source = new LinkedHashMap<>();
        source.put("title", title);
        source.put("text", text);
        source.put("kind", kind);
        source.put("package", packageName);
        source.put("module", moduleName);
        byte[] json = JSON.writeValueAsString(source).getBytes(StandardCharsets.UTF_8);
        return new InputRecord(id, searchText(), title + " " + text, Optional.empty(), json, location);
    }

    /**
     * What is searched. Questions are asked in plain words, names are written in camel case: so the words of the
     * names stand beside them. The first sentence says what the thing is for and counts twice. A method rarely
     * repeats what its type is for, so the type's first sentence goes with it: it is {@code ScheduledExecutorService}
     * that says "run after a given delay", not its {@code schedule}.
     */
    private String searchText() {
        return String.join("\n", title, Words.ofNames(title), Words.ofNames(packageName), summary, context, text);
    }
}
