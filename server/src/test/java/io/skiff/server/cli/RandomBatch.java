package io.skiff.server.cli;

import java.util.Random;
import java.util.SortedMap;

/** Bulks by chance: new documents, some that were there before, and deletions. */
final class RandomBatch {
    private RandomBatch() {}

    /**
     * The body of a bulk request, quoted by apostrophes.
     *
     * @param documents the number in each document that is there, which becomes what it is after the bulk
     * @param size changes in it
     * @param text in each document that is written
     * @param number too
     */
    static String body(Random random, SortedMap<String, Integer> documents, int size, String text, int number) {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < size; i++) {
            String id = random.nextInt(3) == 0 && !documents.isEmpty() ? documents.firstKey() : number + "-" + i;
            if (random.nextInt(6) == 0) {
                body.append("{'delete':{'_id':'").append(id).append("'}}\n");
                documents.remove(id);
            } else {
                body.append("{'index':{'_id':'").append(id).append("'}}\n{'t':'");
                body.append(text).append("','n':").append(number).append("}\n");
                documents.put(id, number);
            }
        }
        return body.toString();
    }
}
