package io.skiff.server.ingest;

/**
 * A line {@code id<TAB>rest}.
 *
 * @param id before the first tab, not empty
 * @param rest behind it
 */
record TabbedLine(String id, String rest) {
    /** Splits a line; {@code what} names the rest in the message when there is no tab. */
    static TabbedLine parse(byte[] line, String location, String what) throws BadInputException {
        String text = LineReader.text(line, location);
        int tab = text.indexOf('\t');
        if (tab <= 0) {
            throw new BadInputException(
                    location, "expected id<TAB>" + what + ", found " + (tab < 0 ? "no tab" : "nothing before the tab"));
        }
        return new TabbedLine(text.substring(0, tab), text.substring(tab + 1));
    }
}
