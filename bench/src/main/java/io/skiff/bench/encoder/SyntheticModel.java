package io.skiff.bench.encoder;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The end of a masked-language model, which is what pooling is about: hidden states out of a table instead of out of a
 * transformer, then a real head.
 *
 * <pre>
 *   input_ids -> Gather(embedding [v, h]) -> MatMul(head [h, v]) -> Add(bias [v]) -> logits [b, s, v]
 * </pre>
 *
 * @param vocabulary v
 * @param hidden h
 */
record SyntheticModel(int vocabulary, int hidden) {
    private static final long SEED = 42;
    private static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");
    private static final int LARGEST_WORD_CHARS = 8;

    /** Makes a logit positive about once in a hundred times, so that some three hundred tokens of a text weigh something. */
    private static final float BIAS = -3.5f;

    /** Writes a model's folder. */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve("vocab.txt"), words());
        Files.write(folder.resolve("model.onnx"), toProto().toByteArray());
    }

    /** Words of random letters, one in five a continuation of others. */
    List<String> words() {
        SplittableRandom random = new SplittableRandom(SEED);
        Set<String> words = new LinkedHashSet<>(SPECIAL);
        for (char letter = 'a'; letter <= 'z'; letter++) {
            words.add(String.valueOf(letter));
            words.add("##" + letter);
        }
        while (words.size() < vocabulary) {
            StringBuilder word = new StringBuilder(random.nextInt(5) == 0 ? "##" : "");
            int length = random.nextInt(2, LARGEST_WORD_CHARS + 1);
            for (int i = 0; i < length; i++) {
                word.append((char) random.nextInt('a', 'z' + 1));
            }
            words.add(word.toString());
        }
        return List.copyOf(words);
    }

    /** A text of that many words of the vocabulary. */
    String text(int words, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> vocabularyWords = words();
        List<String> text = new ArrayList<>();
        while (text.size() < words) {
            String word = vocabularyWords.get(random.nextInt(SPECIAL.size(), vocabulary));
            text.add(word.startsWith("##") ? "a" + word.substring(2) : word);
        }
        return String.join(" ", text);
    }

    private OnnxMl.ModelProto toProto() {
        SplittableRandom random = new SplittableRandom(SEED);
        OnnxMl.GraphProto.Builder graph = OnnxMl.GraphProto.newBuilder()
                .setName("synthetic")
                .addInput(value("input_ids", OnnxMl.TensorProto.DataType.INT64_VALUE, 2))
                .addInput(value("attention_mask", OnnxMl.TensorProto.DataType.INT64_VALUE, 2))
                .addOutput(value("logits", OnnxMl.TensorProto.DataType.FLOAT_VALUE, 3))
                .addInitializer(weight("embedding", random, 1, vocabulary, hidden))
                .addInitializer(weight("head", random, 1 / (float) Math.sqrt(hidden), hidden, vocabulary))
                .addInitializer(weight("bias", random, 0, vocabulary))
                .addNode(node("Gather", "states", "embedding", "input_ids"))
                .addNode(node("MatMul", "product", "states", "head"))
                .addNode(node("Add", "logits", "product", "bias"));
        return OnnxMl.ModelProto.newBuilder()
                .setIrVersion(8)
                .setGraph(graph)
                .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(17))
                .build();
    }

    /** Normally distributed numbers; with a deviation of 0, the bias. */
    private static OnnxMl.TensorProto weight(String name, SplittableRandom random, float deviation, int... dimensions) {
        int size = 1;
        OnnxMl.TensorProto.Builder tensor =
                OnnxMl.TensorProto.newBuilder().setName(name).setDataType(OnnxMl.TensorProto.DataType.FLOAT_VALUE);
        for (int dimension : dimensions) {
            size *= dimension;
            tensor.addDims(dimension);
        }
        ByteBuffer data = ByteBuffer.allocate(size * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < size; i++) {
            data.putFloat(deviation == 0 ? BIAS : (float) (deviation * random.nextGaussian()));
        }
        return tensor.setRawData(ByteString.copyFrom(data.flip())).build();
    }

    private static OnnxMl.NodeProto node(String operator, String output, String... inputs) {
        return OnnxMl.NodeProto.newBuilder()
                .setOpType(operator)
                .addAllInput(List.of(inputs))
                .addOutput(output)
                .build();
    }

    private OnnxMl.ValueInfoProto value(String name, int type, int rank) {
        OnnxMl.TensorShapeProto.Builder shape = OnnxMl.TensorShapeProto.newBuilder();
        for (int i = 0; i < rank; i++) {
            OnnxMl.TensorShapeProto.Dimension.Builder dimension = OnnxMl.TensorShapeProto.Dimension.newBuilder();
            shape.addDim(i == 2 ? dimension.setDimValue(vocabulary) : dimension.setDimParam("d" + i));
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
