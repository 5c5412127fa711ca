package io.skiff.server.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.OptionalLong;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar with rate and time left, drawn over itself and gone at the end. */
final class ProgressBarDisplay implements ProgressDisplay {
    /** Given, so that the library does not load native code to ask the terminal. */
    private static final int WIDTH_CHARS = 100;

    private static final int INTERVAL_MILLIS = 250;
    private static final long BYTES_PER_MEBIBYTE = 1 << 20;
    private static final long UNKNOWN = -1;

    private final ProgressBar bar;

    ProgressBarDisplay(String task, OptionalLong length, String unit) {
        boolean bytes = unit.equals("B");
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, Charset.defaultCharset());
        this.bar = new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(length.orElse(UNKNOWN))
                .setUnit(bytes ? " MiB" : " " + unit, bytes ? BYTES_PER_MEBIBYTE : 1)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(INTERVAL_MILLIS)
                .showSpeed()
                .clearDisplayOnFinish()
                .setConsumer(new ConsoleProgressBarConsumer(err, WIDTH_CHARS))
                .build();
    }

    @Override
    public void update(long position, String note) {
        bar.stepTo(position);
        bar.setExtraMessage(" " + note);
    }

    @Override
    public void close() {
        bar.close();
    }
}
