package io.skiff.server.cli;

/** What a text is encoded as. */
enum EncodeRole {
    QUERY,
    DOCUMENT;

    /** Of {@code --role}. */
    static final class Converter extends ChoiceConverter<EncodeRole> {
        Converter() {
            super(EncodeRole.values());
        }
    }
}
