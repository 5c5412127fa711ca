package io.skiff.encoder.onnx;

import io.skiff.encoder.onnx.OnnxModel.Node;
import io.skiff.encoder.onnx.OnnxModel.Span;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A masked-language model's file, rewritten so that its only output is the pooled sparse vector, [batch, vocabulary].
 *
 * <p>Pooling inside the graph keeps the logits, [batch, positions, vocabulary] and a gigabyte for 32 texts of 256 tokens,
 * from ever reaching Java. Where the last product of the graph can be recognized as hidden states times a constant
 * matrix, it is cut into tiles of columns, each pooled before the next is computed, so that the logits do not exist as a
 * whole at all. All of it is exact: maximum, relu and log1p are monotone, so they may change places.
 *
 * <p>The old outputs are taken out, and with them the nodes that only they needed: ONNX Runtime would run those all the
 * same, and the product that the tiles replace costs as much as all of them.
 */
final class PooledModel {
    /** The name of the output of a rewritten model. */
    static final String OUTPUT = "skiff_pooled";

    /** What a masked position adds to its logits: far below any real one, and inside the range of 16-bit floats. */
    private static final float MASKED = 1e4f;

    /** Tiles of the head; measured on [32, 256, 30522]: 8, 32 and 64 differ by less than 15 % in time. */
    private static final int TILES = 64;

    /** The opset from which on Slice, which cuts the tiles, takes its bounds as inputs. */
    private static final int SLICE_BY_INPUT_OPSET = 10;

    /** How the pooling was put into the graph. */
    enum Form {
        /** Behind the logits. */
        TAIL,
        /** In place of the last product, tile by tile. */
        TILED
    }

    /**
     * The rewritten file.
     *
     * @param bytes in the arena that was given
     */
    record Rewritten(MemorySegment bytes, Form form) {}

    /** The last product of a graph: {@code states [b, s, h] x matrix [h, v] + bias [v]}. */
    private record Head(String states, String matrix, Optional<String> bias, long vocabulary) {}

    private final OnnxModel model;
    private final TensorInfo logits;
    private final String mask;
    private final GraphTail tail;

    private PooledModel(OnnxModel model, TensorInfo logits, String mask) {
        this.model = model;
        this.logits = logits;
        this.mask = mask;
        this.tail = new GraphTail(model.opset());
    }

    /**
     * Rewrites a model that gives logits.
     *
     * @param file the bytes of the model's file
     * @param logits its output of shape [batch, positions, vocabulary]
     * @param mask the name of its input that is 1 for real positions and 0 for padding
     * @param tiled whether a tiled head may be tried
     */
    static Rewritten ofLogits(
            MemorySegment file,
            OnnxModel model,
            TensorInfo logits,
            String mask,
            Pooling pooling,
            Activation activation,
            boolean tiled,
            Arena arena) {
        PooledModel pooled = new PooledModel(model, logits, mask);
        boolean tileable = tiled && pooling == Pooling.MAX && model.opset() >= SLICE_BY_INPUT_OPSET;
        Optional<Head> head = tileable ? pooled.head() : Optional.empty();
        String weights = head.map(found -> pooled.tiledWeights(found, activation))
                .orElseGet(() -> pooled.pooledLogits(pooling, activation));
        pooled.tail.output(weights, OUTPUT);
        return new Rewritten(pooled.append(file, arena), head.isPresent() ? Form.TILED : Form.TAIL);
    }

    /**
     * Rewrites a model that gives logits so that its only output is, for each column, the unmasked position with the
     * largest logit, the first of equal ones, as a float: [batch, vocabulary]. Where every logit is negative, it may be a
     * masked one.
     *
     * @param mask as for {@link #ofLogits}
     */
    static Rewritten positionsOfLogits(
            MemorySegment file, OnnxModel model, TensorInfo logits, String mask, Arena arena) {
        PooledModel pooled = new PooledModel(model, logits, mask);
        Optional<Head> head = model.opset() >= SLICE_BY_INPUT_OPSET ? pooled.head() : Optional.empty();
        String positions = head.map(pooled::tiledPositions).orElseGet(pooled::positions);
        pooled.tail.output(positions, OUTPUT);
        return new Rewritten(pooled.append(file, arena), head.isPresent() ? Form.TILED : Form.TAIL);
    }

    /** Rewrites a model whose output is pooled already, [batch, vocabulary], so that the activation follows it. */
    static Rewritten ofPooled(
            MemorySegment file, OnnxModel model, TensorInfo output, Activation activation, Arena arena) {
        PooledModel pooled = new PooledModel(model, output, "");
        pooled.tail.output(pooled.tail.activate(pooled.toFloat(output.name()), activation), OUTPUT);
        return new Rewritten(pooled.append(file, arena), Form.TAIL);
    }

    private String pooledLogits(Pooling pooling, Activation activation) {
        String keep = tail.unsqueeze(tail.cast(mask, logits.type()), 2);
        return switch (pooling) {
            // A masked logit becomes 0, which relu would have made of the smallest pooled one anyway.
            case MAX ->
                unlessBroken(
                        tail.activate(toFloat(tail.reduceMax(tail.node("Mul", logits.name(), keep), 1)), activation),
                        logits.name());
            case SUM -> {
                String weights = tail.activate(toFloat(logits.name()), activation);
                yield tail.reduceSum(tail.node("Mul", weights, tail.cast(keep, ElementType.FLOAT)), 1);
            }
        };
    }

    private String positions() {
        String keep = tail.unsqueeze(tail.cast(mask, logits.type()), 2);
        return largestPositions(tail.node("Mul", logits.name(), keep));
    }

    private String largestPositions(String someLogits) {
        return tail.cast(tail.argMax(toFloat(someLogits), 1), ElementType.FLOAT);
    }

    /**
     * Makes weights that are no numbers of those of a text with a position whose logits are none. A maximum may lose them,
     * but they never come alone: a hidden state that is no number makes every logit of its position none, so one column
     * of logits [batch, positions, any] tells.
     */
    private String unlessBroken(String weights, String someLogits) {
        String broken = tail.cast(tail.node("IsNaN", toFloat(tail.first(someLogits, 2))), ElementType.FLOAT);
        String ofText = tail.reduceMax(tail.node("Mul", broken, tail.cast(mask, ElementType.FLOAT)), 1);
        String divisor = tail.node("Sub", tail.scalar(ElementType.FLOAT, 1), tail.unsqueeze(ofText, 1));
        // 0 divided by 1, or by 0, which is no number.
        return tail.node("Add", weights, tail.node("Div", tail.scalar(ElementType.FLOAT, 0), divisor));
    }

    /** The weights by the largest logit of each column over the unmasked positions. */
    private String tiledWeights(Head head, Activation activation) {
        List<String> products = new ArrayList<>();
        String joined = tiled(head, product -> {
            products.add(product);
            return tail.reduceMax(product, 1);
        });
        String sums = head.bias().map(bias -> tail.node("Add", joined, bias)).orElse(joined);
        return unlessBroken(tail.activate(toFloat(sums), activation), products.getFirst());
    }

    /** The bias, the same at every position, changes no maximum's place. */
    private String tiledPositions(Head head) {
        return tiled(head, this::largestPositions);
    }

    /**
     * Tiles of the logits' columns without their bias, each pooled, side by side. The mask rides along as one more hidden
     * dimension: {@code -10,000 * (1 - mask)} beside the states, a row of ones below the matrix.
     */
    private String tiled(Head head, UnaryOperator<String> pooling) {
        ElementType type = logits.type();
        String one = tail.scalar(type, 1);
        String masked = tail.node(
                "Mul", tail.node("Sub", tail.unsqueeze(tail.cast(mask, type), 2), one), tail.scalar(type, MASKED));
        String states = tail.concat(2, List.of(head.states(), masked));
        String ones = tail.node("Expand", one, tail.integers(1, head.vocabulary()));
        String matrix = tail.concat(0, List.of(head.matrix(), ones));
        List<String> pooled = new ArrayList<>();
        long step = Math.ceilDiv(head.vocabulary(), TILES);
        for (long from = 0; from < head.vocabulary(); from += step) {
            String columns = tail.columns(matrix, from, Math.min(from + step, head.vocabulary()));
            // Nodes run in this order, so that a product's memory serves the next.
            pooled.add(pooling.apply(tail.node("MatMul", states, columns)));
        }
        return tail.concat(1, pooled);
    }

    private String toFloat(String value) {
        return logits.type() == ElementType.FLOAT ? value : tail.cast(value, ElementType.FLOAT);
    }

    /** The product that makes the logits, if it is one of a constant matrix, with or without a constant bias. */
    private Optional<Head> head() {
        Optional<String> bias = Optional.empty();
        Node last = producer(logits.name());
        if (last != null && last.operator().equals("Add") && last.inputs().size() == 2) {
            int constant = isWeight(last.inputs().get(0), 1) ? 0 : 1;
            if (!isWeight(last.inputs().get(constant), 1)) {
                return Optional.empty();
            }
            bias = Optional.of(last.inputs().get(constant));
            last = producer(last.inputs().get(1 - constant));
        }
        if (last == null || !last.operator().equals("MatMul") || last.inputs().size() != 2) {
            return Optional.empty();
        }
        String matrix = last.inputs().get(1);
        Optional<Long> vocabulary = columnCount(matrix);
        if (vocabulary.isEmpty() || (bias.isPresent() && !biasFits(bias.get(), vocabulary.get()))) {
            return Optional.empty();
        }
        return Optional.of(new Head(last.inputs().get(0), matrix, bias, vocabulary.get()));
    }

    /** The columns of a constant matrix or of a constant matrix transposed (embeddings tied to the head). */
    private Optional<Long> columnCount(String matrix) {
        if (isWeight(matrix, 2)) {
            return Optional.of(model.weights().get(matrix).dimensions().get(1));
        }
        Node transpose = producer(matrix);
        if (transpose != null
                && transpose.operator().equals("Transpose")
                && isWeight(transpose.inputs().getFirst(), 2)) {
            return Optional.of(model.weights()
                    .get(transpose.inputs().getFirst())
                    .dimensions()
                    .getFirst());
        }
        return Optional.empty();
    }

    private boolean biasFits(String bias, long vocabulary) {
        return model.weights().get(bias).lastDimension() == vocabulary;
    }

    private boolean isWeight(String value, int rank) {
        TensorInfo weight = model.weights().get(value);
        return weight != null && weight.rank() == rank && weight.type() == logits.type();
    }

    private Node producer(String value) {
        return model.producers().get(value);
    }

    /** The file with the graph's outputs and what only they need taken out, and the tail put in. */
    private MemorySegment append(MemorySegment file, Arena arena) {
        OnnxModel.GraphFields fields = model.graphFields();
        byte[] added = tail.toByteArray();
        List<Span> gone = Stream.concat(
                        fields.outputs().stream(),
                        model.unneeded(tail.reads()).stream().map(Node::field))
                .sorted(Comparator.comparingLong(Span::start))
                .toList();
        long graphBytes = fields.contentEnd() - fields.contentStart() + added.length;
        for (Span span : gone) {
            graphBytes -= span.end() - span.start();
        }
        byte[] header = new ProtobufWriter()
                .bytesHeader(OnnxModel.MODEL_GRAPH, graphBytes)
                .toByteArray();
        long before = fields.fieldStart();
        long after = file.byteSize() - fields.contentEnd();
        MemorySegment bytes = arena.allocate(before + header.length + graphBytes + after);
        Appender appender = new Appender(bytes);
        appender.append(file.asSlice(0, before));
        appender.append(MemorySegment.ofArray(header));
        long from = fields.contentStart();
        for (Span span : gone) {
            appender.append(file.asSlice(from, span.start() - from));
            from = span.end();
        }
        appender.append(file.asSlice(from, fields.contentEnd() - from));
        appender.append(MemorySegment.ofArray(added));
        appender.append(file.asSlice(fields.contentEnd(), after));
        return bytes;
    }

    /** Fills memory from its start. */
    private static final class Appender {
        private final MemorySegment into;
        private long position;

        Appender(MemorySegment into) {
            this.into = into;
        }

        void append(MemorySegment bytes) {
            MemorySegment.copy(bytes, 0, into, position, bytes.byteSize());
            position += bytes.byteSize();
        }
    }
}
