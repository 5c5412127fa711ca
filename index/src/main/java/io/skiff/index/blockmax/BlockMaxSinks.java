package io.skiff.index.blockmax;

import java.io.OutputStream;

/**
 * Where {@link BlockMaxWriter} writes, each stream from start to end; it closes none of them.
 *
 * @param terms the term table, {@link BlockTermsLayout}
 * @param bounds the bounds of all terms
 * @param offsets the offset of each block's record, and the end of the last
 * @param records the records, {@link RecordLayout}
 */
public record BlockMaxSinks(OutputStream terms, OutputStream bounds, OutputStream offsets, OutputStream records) {}
