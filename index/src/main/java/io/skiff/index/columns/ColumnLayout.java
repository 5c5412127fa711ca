package io.skiff.index.columns;

/**
 * The entry of a column in the directory of {@link ColumnsLayout}; all offsets are from the start of the payload.
 *
 * <pre>
 *    0             8            12     16            20            24         28
 *   +-------------+------------+------+-------------+-------------+----------+---------------+
 *   | name offset | name bytes | type | value count | entry count | is multi | present bytes |
 *   | i64         | i32        | i32  | i32         | i32         | i32      | i32           |
 *   +-------------+------------+------+-------------+-------------+----------+---------------+
 *    32              40               48              56             64                72
 *   +---------------+----------------+---------------+--------------+-----------------+
 *   | values offset | strings offset | counts offset | places offset| documents offset|
 *   +---------------+----------------+---------------+--------------+-----------------+
 *    72                80               88
 *   +-----------------+----------------+
 *   | ordinals offset | present offset |
 *   +-----------------+----------------+
 * </pre>
 */
final class ColumnLayout {
    static final int NAME_OFFSET_OFFSET = 0;
    static final int NAME_BYTES_OFFSET = NAME_OFFSET_OFFSET + Long.BYTES;
    static final int TYPE_OFFSET = NAME_BYTES_OFFSET + Integer.BYTES;
    static final int VALUE_COUNT_OFFSET = TYPE_OFFSET + Integer.BYTES;
    static final int ENTRY_COUNT_OFFSET = VALUE_COUNT_OFFSET + Integer.BYTES;
    static final int IS_MULTI_OFFSET = ENTRY_COUNT_OFFSET + Integer.BYTES;
    static final int PRESENT_BYTES_OFFSET = IS_MULTI_OFFSET + Integer.BYTES;
    static final int VALUES_OFFSET_OFFSET = PRESENT_BYTES_OFFSET + Integer.BYTES;
    static final int STRINGS_OFFSET_OFFSET = VALUES_OFFSET_OFFSET + Long.BYTES;
    static final int COUNTS_OFFSET_OFFSET = STRINGS_OFFSET_OFFSET + Long.BYTES;
    static final int PLACES_OFFSET_OFFSET = COUNTS_OFFSET_OFFSET + Long.BYTES;
    static final int DOCUMENTS_OFFSET_OFFSET = PLACES_OFFSET_OFFSET + Long.BYTES;
    static final int ORDINALS_OFFSET_OFFSET = DOCUMENTS_OFFSET_OFFSET + Long.BYTES;
    static final int PRESENT_OFFSET_OFFSET = ORDINALS_OFFSET_OFFSET + Long.BYTES;

    /** Size of an entry. */
    static final int BYTES = PRESENT_OFFSET_OFFSET + Long.BYTES;

    private ColumnLayout() {}
}
