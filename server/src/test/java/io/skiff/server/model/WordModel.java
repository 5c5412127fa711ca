package io.skiff.server.model;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A masked-language model of one node: a word's logits are a row of a table, so what it weighs can be read off. Each word
 * has e - 1 for itself, which makes a weight of 1, and what is added with {@link #expand}.
 *
 * <pre>
 *   input_ids -> Gather(table [v, v]) -> logits [b, s, v]
 * </pre>
 */
public final class WordModel {
    /** The special tokens at the start of every vocabulary. */
    private static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");

    private final List<String> vocabulary = new ArrayList<>(SPECIAL);
    private final float[][] table;

    /** A model of these words. */
    public WordModel(String... words) {
        vocabulary.addAll(List.of(words));
        table = new float[vocabulary.size()][vocabulary.size()];
        for (String word : words) {
            expand(word, word, 1);
        }
    }

    /** Lets a word give another one a weight. */
    public WordModel expand(String word, String other, double weight) {
        table[vocabulary.indexOf(word)][vocabulary.indexOf(other)] = (float) Math.expm1(weight);
        return this;
    }

    /** Writes a model's folder. */
    public Path write(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve("vocab.txt"), vocabulary);
            Files.write(folder.resolve("model.onnx"), toProto().toByteArray());
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private OnnxMl.ModelProto toProto() {
        int size = vocabulary.size();
        ByteBuffer data = ByteBuffer.allocate(size * size * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float[] row : table) {
            for (float logit : row) {
                data.putFloat(logit);
            }
        }
        OnnxMl.GraphProto.Builder graph = OnnxMl.GraphProto.newBuilder()
                .setName("words")
                .addInput(value("input_ids", OnnxMl.TensorProto.DataType.INT64_VALUE, 2))
                .addInput(value("attention_mask", OnnxMl.TensorProto.DataType.INT64_VALUE, 2))
                .addOutput(value("logits", OnnxMl.TensorProto.DataType.FLOAT_VALUE, 3))
                .addInitializer(OnnxMl.TensorProto.newBuilder()
                        .setName("table")
                        .setDataType(OnnxMl.TensorProto.DataType.FLOAT_VALUE)
                        .addDims(size)
                        .addDims(size)
                        .setRawData(ByteString.copyFrom(data.flip())))
                .addNode(OnnxMl.NodeProto.newBuilder()
                        .setOpType("Gather")
                        .addInput("table")
                        .addInput("input_ids")
                        .addOutput("logits"));
        return OnnxMl.ModelProto.newBuilder()
                .setIrVersion(8)
                .setGraph(graph)
                .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(17))
                .build();
    }

    private OnnxMl.ValueInfoProto value(String name, int type, int rank) {
        OnnxMl.TensorShapeProto.Builder shape = OnnxMl.TensorShapeProto.newBuilder();
        for (int i = 0; i < rank; i++) {
            boolean last = i == 2;
            OnnxMl.TensorShapeProto.Dimension.Builder dimension = OnnxMl.TensorShapeProto.Dimension.newBuilder();
            shape.addDim(last ? dimension.setDimValue(vocabulary.size()) : dimension.setDimParam("d" + i));
        }
        return OnnxMl.ValueInfoProto.newBuilder()
                .setName(name)
                .setType(OnnxMl.TypeProto.newBuilder()
                        .setTensorType(OnnxMl.TypeProto.Tensor.newBuilder()
                                .setElemType(type)
                                .setShape(shape)))
                .build();
    }
}
