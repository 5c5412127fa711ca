package io.skiff.index;

/**
 * A field in a terms file.
 *
 * <pre>
 *    0             4            8               12           16
 *   +-------------+------------+---------------+------------+
 *   | name offset | name bytes | first term id | term count |
 *   | i32         | i32        | i32           | i32        |
 *   +-------------+------------+---------------+------------+
 * </pre>
 *
 * <p>The name is in the strings of the file, its offset counted from their start.
 */
final class FieldLayout {
    static final int NAME_OFFSET_OFFSET = 0;
    static final int NAME_BYTES_OFFSET = NAME_OFFSET_OFFSET + Integer.BYTES;
    static final int FIRST_TERM_ID_OFFSET = NAME_BYTES_OFFSET + Integer.BYTES;
    static final int TERM_COUNT_OFFSET = FIRST_TERM_ID_OFFSET + Integer.BYTES;

    /** Size of one field. */
    static final int BYTES = TERM_COUNT_OFFSET + Integer.BYTES;

    private FieldLayout() {}
}
