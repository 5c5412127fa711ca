package io.skiff.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files whose checksums are right and whose contents are wrong, as only a faulty writer or a forger makes them.
 *
 * <p>{@link TestDocuments#three} has the terms body/cat (tier 3: documents 0 and 1), body/dog, body/eel, title/cat.
 */
@ExtendWith(MappedMemoryExtension.class)
class InvariantsTest {
    private static final int FIELD_COUNT = 2;
    private static final int TERM_COUNT = 4;
    private static final long STRINGS =
            TermsLayout.stringsOffset(FIELD_COUNT, TERM_COUNT, TermsLayout.slotCount(TERM_COUNT));
    // Prime to the sizes of numbers, so that all bytes of a number see all of them.
    private static final int[] FLIPS = {0x80, 0xff, 1};
    /** Of term 0, which has one part, and in it one mixed tier of two gaps and two impacts. */
    private static final int TIER = PartLayout.BYTES;

    private static final int GAPS = TIER + TierLayout.BYTES;
    private static final int NAMES_BYTES = "bodytitle".length();

    @TempDir
    Path folder;

    private Path index;

    @BeforeEach
    void buildAnIndex() throws IOException {
        index = folder.resolve("index");
        TestDocuments.build(index, TestDocuments.three());
    }

    private static int term(int termId, int offset) {
        return (int) TermsLayout.termOffset(FIELD_COUNT, termId) + offset;
    }

    static Stream<Arguments> wrongContents() {
        int tokens = (int) STRINGS + NAMES_BYTES;
        int slots = (int) TermsLayout.slotOffset(FIELD_COUNT, TERM_COUNT, 0);
        return Stream.of(
                contents(FileKind.TERMS, b -> b.put(tokens + 3, (byte) 'a'), "term 1 out of order"),
                contents(
                        FileKind.TERMS,
                        b -> b.putInt(term(1, TermLayout.TOKEN_BYTES_OFFSET), 4),
                        "does not find term 1"),
                contents(
                        FileKind.TERMS,
                        b -> b.putLong(term(2, TermLayout.TOKEN_OFFSET_OFFSET), 1L << 60),
                        "token of term 2 outside"),
                contents(FileKind.TERMS, b -> b.put(slots, new byte[4 * 16]), "does not find term 0"),
                contents(
                        FileKind.TERMS,
                        b -> b.putInt(term(0, TermLayout.DOCUMENT_FREQUENCY_OFFSET), 1),
                        "has 2 postings of term 0, its document frequency is 1"),
                contents(
                        FileKind.TERMS,
                        b -> b.put(term(0, TermLayout.LARGEST_IMPACT_OFFSET), (byte) 4),
                        "the terms file has 4"),
                contents(
                        FileKind.TERMS,
                        b -> b.putLong(term(1, TermLayout.POSTINGS_OFFSET_OFFSET), 4),
                        "postings of term 1 at 4, expected 16"),
                contents(
                        FileKind.TERMS,
                        b -> b.putShort(term(0, TermLayout.PART_COUNT_OFFSET), (short) 2),
                        "64 gaps of 8 bits at 16"),
                contents(FileKind.TERMS, b -> b.putInt(TermsLayout.TERM_COUNT_OFFSET, 3), "4"),
                contents(FileKind.TERMS, b -> b.putInt(TermsLayout.SLOT_COUNT_OFFSET, 3), "impossible counts"),
                contents(FileKind.POSTINGS, b -> b.putShort(PartLayout.WINDOW_OFFSET, (short) 1), "of window 1"),
                contents(FileKind.POSTINGS, b -> b.putShort(PartLayout.TIER_COUNT_OFFSET, (short) 9), "has 9 tiers"),
                contents(FileKind.POSTINGS, b -> b.putInt(PartLayout.END_OFFSET, 7), "in a part to 15"),
                contents(FileKind.POSTINGS, b -> b.putInt(PartLayout.END_OFFSET, -1), "of window 0 to 4294967303"),
                contents(FileKind.POSTINGS, b -> b.putInt(TIER, TierLayout.header(0, 8, 1)), "its tiers end at 14"),
                contents(FileKind.POSTINGS, b -> b.putInt(TIER, TierLayout.header(0, 20, 1)), "1 gaps of 20 bits"),
                contents(FileKind.POSTINGS, b -> b.putInt(TIER, TierLayout.header(3, 8, 4)), "docId 4 behind 1"),
                contents(FileKind.POSTINGS, b -> b.put(GAPS, (byte) 3), "docId 3 behind -1"),
                contents(FileKind.POSTINGS, b -> b.put(GAPS + 1, (byte) 0), "docId 0 behind 0"),
                contents(FileKind.POSTINGS, b -> b.put(GAPS + 2, (byte) 0), "docId 0 behind -1 with impact 0"),
                contents(FileKind.POSTINGS, b -> b.put(GAPS + 2, (byte) 4), "has 4 as largest impact of term 0"),
                contents(FileKind.IDENTIFIERS, b -> b.put(1, (byte) 'a'), "the id 'a' of docId 1 more than once"),
                contents(FileKind.IDENTIFIERS, b -> b.putLong(16, 0), "empty id at docId 0"),
                contents(FileKind.IDENTIFIERS, b -> b.putLong(8, 1), "first entry at byte 1"),
                contents(FileKind.SOURCES, b -> b.putLong(16, 9), "entry 1 from byte 9 to byte 7"));
    }

    private static Arguments contents(FileKind kind, Consumer<ByteBuffer> change, String expected) {
        return Arguments.of(kind, change, expected);
    }

    @ParameterizedTest
    @MethodSource("wrongContents")
    void theCheckNamesWhatIsWrong(FileKind kind, Consumer<ByteBuffer> change, String expected) throws IOException {
        rewrite(kind, change);
        List<String> problems = IndexCheck.run(index, bytes -> {}).problems();
        assertFalse(problems.isEmpty());
        assertTrue(problems.toString().contains(expected), problems::toString);
        assertTrue(problems.toString().contains(".skiff"), problems::toString);
    }

    @Test
    void countsOfTheManifestAreHeldAgainstTheSegments() throws IOException {
        Manifest manifest = Manifest.read(index);
        FieldInfo body = manifest.fields().getFirst();
        FieldInfo wrong = new FieldInfo("body", body.quantizer(), body.attributes(), 2, 5, 0);
        replaceManifest(new Manifest(List.of(wrong), manifest.segments()));
        List<String> problems = IndexCheck.run(index, bytes -> {}).problems();
        assertEquals(2, problems.size(), problems::toString);
        assertTrue(
                problems.get(0).contains("5 postings of field 'body', its segments have 2 and 4"), problems::toString);
        assertTrue(problems.get(1).contains("does not name the field 'title'"), problems::toString);
    }

    @Test
    void noForgedByteBringsAReaderDown() throws IOException {
        for (FileKind kind : FileKind.values()) {
            boolean isThere = kind != FileKind.MANIFEST && Files.exists(path(kind));
            byte[] sound = isThere ? payload(kind) : new byte[0];
            for (int position = 0; position < sound.length; position++) {
                int at = position;
                int flip = FLIPS[position % FLIPS.length];
                rewrite(kind, bytes -> bytes.put(0, sound).put(at, (byte) (sound[at] ^ flip)));
                IndexCheck.run(index, bytes -> {});
                readEverything();
            }
            if (sound.length > 0) {
                rewrite(kind, bytes -> bytes.put(0, sound));
            }
        }
        assertEquals(List.of(), IndexCheck.run(index, bytes -> {}).problems());
    }

    private void readEverything() throws IOException {
        try (IndexReader reader = IndexReader.open(index)) {
            SegmentReader segment = reader.segments().getFirst();
            TestDocuments.readPostings(segment);
            for (int docId = 0; docId < segment.documentCount(); docId++) {
                segment.externalId(docId);
                segment.source(docId);
            }
        } catch (IndexFormatException e) {
            assertTrue(e.getMessage().contains(".skiff"), e.getMessage());
        } catch (UncheckedIOException e) {
            assertTrue(e.getMessage().contains(".skiff"), e.getMessage());
        }
    }

    private byte[] payload(FileKind kind) throws IOException {
        byte[] file = Files.readAllBytes(path(kind));
        byte[] payload = new byte[file.length - FrameLayout.BYTES - FrameLayout.FOOTER_BYTES];
        System.arraycopy(file, FrameLayout.BYTES, payload, 0, payload.length);
        return payload;
    }

    private Path path(FileKind kind) throws IOException {
        return index.resolve(
                kind.fileName(Manifest.read(index).segments().getFirst().id()));
    }

    /** Changes the payload of a file and makes every checksum right again. */
    private void rewrite(FileKind kind, Consumer<ByteBuffer> change) throws IOException {
        ByteBuffer payload = ByteBuffer.wrap(payload(kind)).order(ByteOrder.LITTLE_ENDIAN);
        change.accept(payload);
        Manifest manifest = Manifest.read(index);
        SegmentInfo segment = manifest.segments().getFirst();
        Path scratch = Files.createTempDirectory(folder, "scratch");
        List<FileInfo> files = new ArrayList<>();
        try (FrameWriter out = new FrameWriter(scratch, kind)) {
            out.putBytes(payload.array());
            FileInfo written = out.finish();
            out.seal(segment.id());
            segment.files().forEach(file -> files.add(file.kind() == kind ? written : file));
        }
        Files.move(scratch.resolve(kind.fileName(segment.id())), path(kind), StandardCopyOption.REPLACE_EXISTING);
        replaceManifest(new Manifest(
                manifest.fields(), List.of(new SegmentInfo(segment.id(), segment.documentCount(), files))));
    }

    private void replaceManifest(Manifest manifest) throws IOException {
        Path scratch = Files.createTempDirectory(folder, "scratch");
        manifest.write(scratch);
        Files.move(
                scratch.resolve(FileKind.MANIFEST_NAME),
                index.resolve(FileKind.MANIFEST_NAME),
                StandardCopyOption.REPLACE_EXISTING);
    }
}
