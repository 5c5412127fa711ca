package io.skiff.server.demo;

import io.skiff.server.ingest.InputRecord;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * A piece of a file that is found by itself.
 *
 * @param anchor what tells it from the file's other pieces, unique among them; empty for what opens the file
 * @param title what it is about: the headings it stands under; empty if there are none
 * @param text its text
 * @param line where it starts, from 1
 */
record Passage(String anchor, String title, String text, int line) {
    /** The passage as the index takes it; {@code path} is the file's, as people write it. */
    InputRecord toRecord(String path) {
        String id = anchor.isEmpty() ? path : path + "#" + anchor;
        String shownTitle = title.isEmpty() ? path : title;
        Map<String, String> source = new LinkedHashMap<>();
        source.put("title", shownTitle);
        source.put("text", text);
        source.put("path", path);
        byte[] json = JsonMapper.shared().writeValueAsString(source).getBytes(StandardCharsets.UTF_8);
        return new InputRecord(id, shownTitle + "\n" + text, Optional.empty(), json, path + ":" + line);
    }
}
