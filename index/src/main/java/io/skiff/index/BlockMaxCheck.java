package io.skiff.index;

import io.skiff.index.blockmax.BlockMaxOptions;
import io.skiff.index.blockmax.BlockMaxReader;
import io.skiff.index.blockmax.BlockMaxSinks;
import io.skiff.index.blockmax.BlockMaxWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Verifies block-max structures by building them once more: the same postings give the same bytes. */
final class BlockMaxCheck {
    private BlockMaxCheck() {}

    /** Checks those of a segment, if it has any, whose files and postings are sound. */
    static void run(Path directory, SegmentInfo info, Arena arena) throws IOException {
        SegmentReader segment = SegmentReader.open(directory, info, arena);
        BlockMaxReader blockMax = segment.blockMax();
        if (blockMax == null) {
            return;
        }
        List<Comparison> comparisons = new ArrayList<>();
        for (FileKind kind : BlockMaxFiles.KINDS) {
            comparisons.add(new Comparison(
                    MappedFile.open(directory.resolve(kind.fileName(info.id())), kind, info.id(), arena)));
        }
        BlockMaxOptions options = new BlockMaxOptions(0, blockMax.blockShift(), BlockMaxOptions.DEFAULT.slabPostings());
        BlockMaxWriter.write(
                new WrittenPostings(segment.postings(), termPostings(segment.terms()), segment.documentCount()),
                options,
                new BlockMaxSinks(comparisons.get(0), comparisons.get(1), comparisons.get(2), comparisons.get(3)));
        for (Comparison comparison : comparisons) {
            comparison.end();
        }
    }

    private static TermPostings termPostings(TermDictionary terms) {
        TermPostings postings = TermPostings.ofTerms(terms.termCount());
        for (int termId = 0; termId < terms.termCount(); termId++) {
            postings.offsets()[termId] = terms.postingsOffset(termId);
            postings.tierCounts()[termId] = terms.tierCount(termId);
        }
        return postings;
    }

    /** Compares what is written to it with what a file has. */
    private static final class Comparison extends OutputStream {
        private final MappedFile file;
        private long position;

        Comparison(MappedFile file) {
            this.file = file;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            MemorySegment payload = file.payload();
            MemorySegment expected = MemorySegment.ofArray(bytes).asSlice(offset, length);
            if (position + length > payload.byteSize()
                    || payload.asSlice(position, length).mismatch(expected) >= 0) {
                throw file.damaged("does not say at " + position + " what the postings say");
            }
            position += length;
        }

        void end() throws IndexFormatException {
            if (position != file.payload().byteSize()) {
                throw file.damaged("has a payload of " + file.payload().byteSize() + " bytes, expected " + position);
            }
        }
    }
}
