package io.skiff.bench.harness;

import io.skiff.bench.harness.QualityTable.Row;
import java.awt.Color;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.IChart;
import org.knowm.xchart.style.Styler;

/** Draws the table: the first metric by collection, and that metric against the time it takes. */
final class QualityPlot {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 520;
    private static final int MARKER_SIZE = 12;

    /** Names of folders are long. */
    private static final int LABEL_DEGREES = 20;

    private QualityPlot() {}

    /**
     * Writes a PNG.
     *
     * @throws IOException if the file cannot be written, or the JDK cannot draw text because the machine has no fonts
     */
    static void write(QualityTable table, Path file) throws IOException {
        // Before the first class of AWT: the machine may have no screen.
        System.setProperty("java.awt.headless", "true");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            List<IChart> charts = List.of(bars(table), scatter(table));
            BitmapEncoder.saveBitmap(charts, 1, 2, out, BitmapEncoder.BitmapFormat.PNG);
        } catch (InternalError | UnsatisfiedLinkError | NoClassDefFoundError e) {
            throw new IOException(
                    file + ": cannot be drawn, this JDK finds no fonts or no library for them: " + e.getMessage(), e);
        }
    }

    private static CategoryChart bars(QualityTable table) {
        String metric = table.metrics().getFirst().toString();
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(metric + " by collection")
                .yAxisTitle(metric)
                .build();
        style(chart.getStyler());
        chart.getStyler().setXAxisLabelRotation(LABEL_DEGREES);
        List<String> collections = table.collections();
        for (String configuration : table.configurations()) {
            List<Double> values = collections.stream()
                    .map(collection -> row(table, collection, configuration).values()[0])
                    .toList();
            chart.addSeries(configuration, collections, values);
        }
        return chart;
    }

    private static XYChart scatter(QualityTable table) {
        String metric = table.metrics().getFirst().toString();
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(metric + " and latency, " + (table.collections().size() > 1 ? "means of all" : "of one")
                        + (table.collections().size() > 1 ? " collections" : " collection"))
                .xAxisTitle("mean latency, µs")
                .yAxisTitle(metric)
                .build();
        style(chart.getStyler());
        chart.getStyler().setXAxisMin(0.0);
        chart.getStyler().setMarkerSize(MARKER_SIZE);
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        String last = table.collections().getLast();
        for (String configuration : table.configurations()) {
            Row row = row(table, last, configuration);
            chart.addSeries(configuration, new double[] {row.latency().meanMicros()}, new double[] {row.values()[0]});
        }
        return chart;
    }

    private static void style(Styler styler) {
        styler.setLegendPosition(Styler.LegendPosition.OutsideE);
        styler.setChartTitleBoxVisible(false);
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
    }

    private static Row row(QualityTable table, String collection, String configuration) {
        return table.rowsOf(collection).stream()
                .filter(row -> row.configuration().equals(configuration))
                .findFirst()
                .orElseThrow();
    }
}
