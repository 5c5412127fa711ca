package io.skiff.index.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.skiff.index.SparseVector;
import io.skiff.index.columns.ColumnValue;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a document has comes back from the store as it was. */
class DerivedDataTest {
    private static final long SEED = Long.getLong("skiff.seed", 1_126);
    private static final byte[] NO_SOURCE = {};

    @Test
    void stringsOfEveryAlphabetComeBack() {
        Random random = new Random(SEED);
        List<String> pieces = List.of("", "boat", "##s", "ñandú", "plain, then €", "海", "\u0000", "🚤", "a\uFFFDb");
        for (int round = 0; round < 500; round++) {
            // Of all lengths, so that the buffer grows in the middle of every kind of string.
            String token = pieces.get(random.nextInt(pieces.size())).repeat(random.nextInt(400))
                    + pieces.get(random.nextInt(pieces.size()));
            String keyword = pieces.get(random.nextInt(pieces.size())) + "x".repeat(random.nextInt(2_000));
            LiveDocument document = new LiveDocument(
                    "id",
                    Map.of("v" + token, SparseVector.of(Map.of(token + 1, 1f, token + 2, 0.5f))),
                    Map.of("k", List.of(new ColumnValue.Keyword(keyword)), "n", List.of(new ColumnValue.Whole(round))),
                    NO_SOURCE);
            LiveDocument again = DerivedData.decode("id", DerivedData.encode(document), NO_SOURCE);
            String what = "round " + round + " (-Dskiff.seed=" + SEED + ")";
            assertEquals(document.vectors(), again.vectors(), what);
            assertEquals(document.columns(), again.columns(), what);
        }
    }
}
