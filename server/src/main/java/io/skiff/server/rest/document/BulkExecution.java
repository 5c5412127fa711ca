package io.skiff.server.rest.document;

import io.skiff.index.store.Change;
import io.skiff.index.store.WriteResult;
import io.skiff.server.collection.DocumentResult;
import io.skiff.server.collection.DocumentWrite;
import io.skiff.server.collection.LiveIndex;
import io.skiff.server.rest.RestException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Carries out the actions of a bulk request on one index in their order, as many as possible in one write. An update
 * reads what it changes, so those before it on the same document are written first.
 */
final class BulkExecution {
    private final LiveIndex index;
    private final List<BulkAction> actions;
    private final BulkItem[] items;
    private final List<Integer> places = new ArrayList<>();
    private final List<DocumentWrite> writes = new ArrayList<>();
    private final Set<String> waitingIds = new HashSet<>();

    /**
     * Of some actions.
     *
     * @param actions of the whole request
     * @param items where what became of each is put, as many as actions
     */
    BulkExecution(LiveIndex index, List<BulkAction> actions, BulkItem[] items) {
        this.index = index;
        this.actions = actions;
        this.items = items;
    }

    /** Carries out the actions at some places of the request. */
    void run(List<Integer> mine) {
        for (int place : mine) {
            BulkAction action = actions.get(place);
            if (action.kind() == BulkAction.Kind.UPDATE) {
                if (waitingIds.contains(action.id())) {
                    write();
                }
                update(place, action);
            } else {
                add(
                        place,
                        action.kind() == BulkAction.Kind.DELETE
                                ? new DocumentWrite.Delete(action.id(), action.required())
                                : new DocumentWrite.Put(action.id(), action.source(), action.required()));
            }
        }
        write();
    }

    private void add(int place, DocumentWrite write) {
        places.add(place);
        writes.add(write);
        waitingIds.add(write.id());
    }

    private void update(int place, BulkAction action) {
        try {
            DocumentUpdate.Step step = step(DocumentUpdate.parse(action.source()), action);
            switch (step) {
                case DocumentUpdate.Step.Missing missing ->
                    items[place] = new BulkItem.Failed(WriteAnswer.missing(index, action.id()));
                case DocumentUpdate.Step.Nothing nothing ->
                    items[place] = new BulkItem.Nothing(nothing.current().revision());
                case DocumentUpdate.Step.Write write -> add(place, write.put());
            }
        } catch (RestException e) {
            items[place] = new BulkItem.Failed(e);
        }
    }

    private DocumentUpdate.Step step(DocumentUpdate update, BulkAction action) {
        Optional<Change.Stored> current = index.get(action.id());
        return update.apply(action.id(), current, action.condition(), found -> {
            throw WriteAnswer.conflict(
                    index,
                    new WriteResult.Conflict(
                            action.id(), action.condition().orElseThrow(), found.map(Change.Stored::revision)));
        });
    }

    private void write() {
        if (writes.isEmpty()) {
            return;
        }
        List<DocumentResult> results = index.write(writes);
        List<Integer> written = List.copyOf(places);
        places.clear();
        writes.clear();
        waitingIds.clear();
        for (int i = 0; i < results.size(); i++) {
            int place = written.get(i);
            BulkAction action = actions.get(place);
            boolean conflict = results.get(i) instanceof DocumentResult.Reached(WriteResult.Conflict changed);
            items[place] = conflict && action.kind() == BulkAction.Kind.UPDATE && action.retries() > 0
                    ? retried(place, action, results.get(i))
                    : item(results.get(i));
        }
    }

    /** By itself, so that it meets with others as rarely as may be. */
    private BulkItem retried(int place, BulkAction action, DocumentResult first) {
        DocumentResult result = first;
        for (long retry = 0; retry < action.retries(); retry++) {
            update(place, action);
            if (writes.isEmpty()) {
                return items[place];
            }
            result = index.write(writes).getFirst();
            places.clear();
            writes.clear();
            waitingIds.clear();
            if (!(result instanceof DocumentResult.Reached(WriteResult.Conflict changed))) {
                break;
            }
        }
        return item(result);
    }

    private BulkItem item(DocumentResult result) {
        try {
            return new BulkItem.Done(WriteAnswer.require(index, result));
        } catch (RestException e) {
            return new BulkItem.Failed(e);
        }
    }
}
