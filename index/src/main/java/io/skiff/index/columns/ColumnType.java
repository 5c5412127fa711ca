package io.skiff.index.columns;

/** What the values of a column are. The codes are part of the format: never changed, never used again. */
public enum ColumnType {
    /** {@link ColumnValue.Keyword}, ordered by the bytes of its UTF-8. */
    KEYWORD(1),
    /** {@link ColumnValue.Whole}. */
    WHOLE(2),
    /** {@link ColumnValue.Real}. */
    REAL(3);

    private final int code;

    ColumnType(int code) {
        this.code = code;
    }

    /** The number that stands for it in files. */
    public int code() {
        return code;
    }

    /** The type of that code, or null. */
    public static ColumnType ofCode(int code) {
        for (ColumnType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        return null;
    }

    /** The type of a value. */
    public static ColumnType of(ColumnValue value) {
        return switch (value) {
            case ColumnValue.Keyword keyword -> KEYWORD;
            case ColumnValue.Whole whole -> WHOLE;
            case ColumnValue.Real real -> REAL;
        };
    }
}
