package io.skiff.server.rest.document;

import io.skiff.server.collection.IndexGoneException;
import io.skiff.server.collection.LiveIndex;
import io.skiff.server.rest.Endpoint;
import io.skiff.server.rest.Request;
import io.skiff.server.rest.Response;
import io.skiff.server.rest.RestException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JsonGenerator;

/** {@code _bulk}: many writes in one request, each with an answer or an error of its own. */
public final class BulkEndpoint implements Endpoint {
    /** Parameters of the query string. */
    public static final Set<String> PARAMETERS = WriteParameters.with("include_source_on_error");

    private final WriteTargets targets;

    /** Over some indexes. */
    public BulkEndpoint(WriteTargets targets) {
        this.targets = targets;
    }

    @Override
    public Response answer(Request request) {
        long start = System.nanoTime();
        WriteParameters.Refresh refresh = WriteParameters.refresh(request);
        List<BulkAction> actions = BulkParser.parse(request);
        BulkItem[] items = new BulkItem[actions.size()];
        Map<String, List<Integer>> byIndex = new LinkedHashMap<>();
        for (int i = 0; i < actions.size(); i++) {
            byIndex.computeIfAbsent(actions.get(i).index(), name -> new ArrayList<>())
                    .add(i);
        }
        byIndex.forEach((index, places) -> carryOut(index, places, actions, items, refresh));
        boolean errors = Arrays.stream(items).anyMatch(BulkItem.Failed.class::isInstance);
        return Response.json(request, json -> {
            json.writeStartObject();
            json.writeBooleanProperty("errors", errors);
            json.writeNumberProperty("took", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
            json.writeArrayPropertyStart("items");
            for (int i = 0; i < items.length; i++) {
                write(json, actions.get(i), items[i], refresh);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private void carryOut(
            String name,
            List<Integer> places,
            List<BulkAction> actions,
            BulkItem[] items,
            WriteParameters.Refresh refresh) {
        try {
            boolean onlyDeletes = places.stream().allMatch(i -> actions.get(i).kind() == BulkAction.Kind.DELETE);
            LiveIndex index = onlyDeletes ? targets.require(name) : targets.orCreate(name);
            new BulkExecution(index, actions, items).run(places);
            refresh.apply(index);
        } catch (RestException e) {
            fail(places, items, e);
        } catch (IndexGoneException e) {
            fail(places, items, RestException.indexNotFound(e.index()));
        }
    }

    /** Those that have no answer yet. */
    private static void fail(List<Integer> places, BulkItem[] items, RestException failure) {
        for (int place : places) {
            if (items[place] == null) {
                items[place] = new BulkItem.Failed(failure);
            }
        }
    }

    private static void write(JsonGenerator json, BulkAction action, BulkItem item, WriteParameters.Refresh refresh) {
        json.writeStartObject();
        json.writeObjectPropertyStart(action.kind().word());
        switch (item) {
            case BulkItem.Done(var done) -> {
                WriteAnswer.write(json, action.index(), done, refresh);
                json.writeNumberProperty("status", WriteAnswer.status(done));
            }
            case BulkItem.Nothing(var current) -> {
                WriteAnswer.writeNoop(json, action.index(), action.id(), current);
                json.writeNumberProperty("status", 200);
            }
            case BulkItem.Failed(var failure) -> {
                json.writeStringProperty("_index", action.index());
                json.writeStringProperty("_id", action.id());
                json.writeNumberProperty("status", failure.status());
                json.writeName("error");
                failure.writeItem(json);
            }
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
