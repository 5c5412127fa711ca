package io.skiff.index.store;

import io.skiff.index.IndexFormatException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.Env;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Priority;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Statistics;
import org.rocksdb.WALRecoveryMode;

/** RocksDB with its three column families, and everything native that must be closed with it. */
final class StoreDatabase implements Closeable {
    /** Written into a new store; another one is refused. */
    static final int FORMAT_VERSION = 1;

    private static final byte[] FORMAT_KEY = "format".getBytes(StandardCharsets.US_ASCII);

    /** The key of {@link StateLayout}. */
    static final byte[] STATE_KEY = "state".getBytes(StandardCharsets.US_ASCII);

    /** Of RocksDB's blocks; all stores of a process share them, so many small indexes stay small. */
    private static final long CACHE_BYTES = 64 << 20;

    private static final long WRITE_BUFFER_BYTES = 32 << 20;
    private static final double BLOOM_BITS_PER_KEY = 10;

    static {
        RocksDB.loadLibrary();
        // Searches and writes come before compactions, which for documents by number have next to nothing to do.
        Env.getDefault().lowerThreadPoolCPUPriority(Priority.LOW);
    }

    private static final LRUCache CACHE = new LRUCache(CACHE_BYTES);

    private final List<AutoCloseable> closedInReverse;
    private final RocksDB db;
    private final ColumnFamilyHandle state;
    private final ColumnFamilyHandle ids;
    private final ColumnFamilyHandle documents;

    private StoreDatabase(List<AutoCloseable> natives, RocksDB db, List<ColumnFamilyHandle> families) {
        this.closedInReverse = natives;
        this.db = db;
        this.state = families.get(0);
        this.ids = families.get(1);
        this.documents = families.get(2);
    }

    /**
     * Opens the database in a directory, or makes a new one.
     *
     * @param readOnly open what is there, beside a writer perhaps
     * @param statistics counts what RocksDB does, or null
     * @throws IOException if it cannot be opened or is damaged; the message names the directory
     */
    static StoreDatabase open(Path directory, boolean readOnly, Statistics statistics) throws IOException {
        List<AutoCloseable> natives = new ArrayList<>();
        try {
            DBOptions options = keep(natives, options());
            if (statistics != null) {
                options.setStatistics(statistics);
            }
            List<ColumnFamilyDescriptor> families = List.of(
                    family(RocksDB.DEFAULT_COLUMN_FAMILY, natives),
                    family("ids".getBytes(StandardCharsets.US_ASCII), natives),
                    family("documents".getBytes(StandardCharsets.US_ASCII), natives));
            List<ColumnFamilyHandle> handles = new ArrayList<>();
            RocksDB db = keep(
                    natives,
                    readOnly
                            ? RocksDB.openReadOnly(options, directory.toString(), families, handles)
                            : RocksDB.open(options, directory.toString(), families, handles));
            natives.addAll(handles);
            StoreDatabase database = new StoreDatabase(natives, db, handles);
            database.verifyFormat(directory, readOnly);
            return database;
        } catch (RocksDBException e) {
            closeAll(natives);
            throw failure("cannot open the document store", directory, e);
        } catch (IOException | RuntimeException e) {
            closeAll(natives);
            throw e;
        }
    }

    /** Whether a directory has a database in it. */
    static boolean exists(Path directory) {
        return Files.exists(directory.resolve("CURRENT"));
    }

    private static DBOptions options() {
        return new DBOptions()
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                // A record that was cut by a crash at the end of the log was never acknowledged; anything else that is
                // wrong with the log would drop what was, so it is an error, not a reason to recover less.
                .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
                .setMaxBackgroundJobs(2)
                .setMaxTotalWalSize(8 * WRITE_BUFFER_BYTES)
                .setBytesPerSync(1 << 20)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setKeepLogFileNum(2)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0);
    }

    private static ColumnFamilyDescriptor family(byte[] name, List<AutoCloseable> natives) {
        BloomFilter bloom = keep(natives, new BloomFilter(BLOOM_BITS_PER_KEY));
        BlockBasedTableConfig table = new BlockBasedTableConfig()
                .setFilterPolicy(bloom)
                .setBlockCache(CACHE)
                .setCacheIndexAndFilterBlocks(true)
                .setBlockSize(16 << 10);
        ColumnFamilyOptions options = keep(natives, new ColumnFamilyOptions())
                .setTableFormatConfig(table)
                .setWriteBufferSize(WRITE_BUFFER_BYTES)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION);
        return new ColumnFamilyDescriptor(name, options);
    }

    private static <T extends AutoCloseable> T keep(List<AutoCloseable> natives, T resource) {
        natives.add(resource);
        return resource;
    }

    private void verifyFormat(Path directory, boolean readOnly) throws IOException, RocksDBException {
        byte[] found = db.get(state, FORMAT_KEY);
        if (found == null && !readOnly) {
            db.put(state, FORMAT_KEY, Integer.toString(FORMAT_VERSION).getBytes(StandardCharsets.US_ASCII));
            db.syncWal();
            return;
        }
        String version = found == null ? "none" : new String(found, StandardCharsets.US_ASCII);
        if (!version.equals(Integer.toString(FORMAT_VERSION))) {
            throw new IndexFormatException("the document store in " + directory + " has format version " + version
                    + ", this Skiff reads version " + FORMAT_VERSION);
        }
    }

    /** What RocksDB says, with the directory; its own message has file and cause. */
    static IOException failure(String what, Path directory, RocksDBException cause) {
        String kind = cause.getStatus() == null ? "" : cause.getStatus().getCodeString() + ", ";
        return new IOException(what + " in " + directory + ": " + kind + cause.getMessage(), cause);
    }

    RocksDB db() {
        return db;
    }

    ColumnFamilyHandle state() {
        return state;
    }

    ColumnFamilyHandle ids() {
        return ids;
    }

    ColumnFamilyHandle documents() {
        return documents;
    }

    /** What the store knew of itself at the last group. */
    StateLayout.State readState() throws RocksDBException {
        byte[] stored = db.get(state, STATE_KEY);
        return stored == null ? StateLayout.State.EMPTY : StateLayout.decode(stored);
    }

    @Override
    public void close() {
        closeAll(closedInReverse);
    }

    private static void closeAll(List<AutoCloseable> natives) {
        for (AutoCloseable resource : natives.reversed()) {
            try {
                resource.close();
            } catch (Exception e) {
                throw new IllegalStateException("a native resource refused to close", e);
            }
        }
    }
}
