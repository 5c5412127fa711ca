package io.skiff.server.rest.index;

import io.skiff.server.collection.IndexSettings;
import io.skiff.server.collection.LiveIndex;
import java.time.Duration;
import tools.jackson.core.JsonGenerator;

/** Writes the settings of an index, those with their usual values left out but for the numbers of shards and replicas. */
final class SettingsWriter {
    private SettingsWriter() {}

    /** Writes the members of {@code index}. */
    static void write(JsonGenerator json, LiveIndex index) {
        IndexSettings settings = index.settings();
        IndexSettings usual = IndexSettings.DEFAULT;
        json.writeStringProperty("number_of_shards", Integer.toString(settings.shards()));
        json.writeStringProperty("number_of_replicas", Integer.toString(settings.replicas()));
        json.writeStringProperty("uuid", index.uuid());
        json.writeStringProperty("creation_date", Long.toString(index.createdMillis()));
        if (!settings.refreshInterval().equals(usual.refreshInterval())) {
            json.writeStringProperty("refresh_interval", time(settings.refreshInterval()));
        }
        boolean usualInterval = settings.syncInterval().equals(usual.syncInterval());
        if (!settings.durable() || !usualInterval) {
            json.writeObjectPropertyStart("translog");
            json.writeStringProperty("durability", settings.durable() ? "request" : "async");
            if (!usualInterval) {
                json.writeStringProperty("sync_interval", time(settings.syncInterval()));
            }
            json.writeEndObject();
        }
    }

    private static String time(Duration time) {
        long millis = time.toMillis();
        if (millis < 0) {
            return "-1";
        }
        return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
    }
}
