package io.skiff.server.ciff;

import java.io.IOException;

/**
 * What is needed of a file's header.
 *
 * @param lists lists of postings that follow
 * @param documents document records that follow those
 */
record CiffHeader(int lists, int documents) {
    static CiffHeader read(CiffInput input) throws IOException {
        long version = 0;
        int lists = 0;
        int documents = 0;
        long end = input.open("the header");
        while (input.nextField(end)) {
            switch (input.field()) {
                case CiffFields.HEADER_VERSION -> version = input.number("the version");
                case CiffFields.HEADER_LISTS -> lists = input.count("the number of lists");
                case CiffFields.HEADER_DOCUMENTS -> documents = input.count("the number of documents");
                default -> input.skip(end);
            }
        }
        if (version != CiffFields.VERSION) {
            throw input.damaged("expected a CIFF header of version " + CiffFields.VERSION + ", got version " + version);
        }
        return new CiffHeader(lists, documents);
    }
}
