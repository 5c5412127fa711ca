package io.skiff.encoder.onnx;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * A masked-language model that can be computed by hand: embedding, then the head; with random weights.
 *
 * <pre>
 *   input_ids -> Gather(embedding [v, h]) -> MatMul(head [h, v]) -> Add(bias [v]) -> logits [b, s, v]
 * </pre>
 */
final class TinyModel {
    static final int HIDDEN = 5;

    /** How the graph writes its last product. */
    enum HeadShape {
        PLAIN,
        WITHOUT_BIAS,
        TRANSPOSED,
        /** An operator behind it that hides it, so that only a tail can pool. */
        HIDDEN_BEHIND_IDENTITY,
        /** Quantized as ONNX Runtime's dynamic quantization does: the product of 8-bit integers, scaled back. */
        INT8,
        /** Pooled in the graph already: a maximum over the positions, no activation. */
        POOLED
    }

    final int vocabulary;
    final float[][] embedding;
    final float[][] head;
    final float[] bias;

    private int opset = 17;
    private HeadShape shape = HeadShape.PLAIN;
    private ElementType type = ElementType.FLOAT;
    private ElementType inputType = ElementType.INT64;
    private boolean segmentIds = true;
    private String idsName = "input_ids";

    TinyModel(int vocabulary, Random random) {
        this.vocabulary = vocabulary;
        this.embedding = matrix(vocabulary, HIDDEN, random);
        this.head = matrix(HIDDEN, vocabulary, random);
        this.bias = matrix(1, vocabulary, random)[0];
    }

    TinyModel opset(int version) {
        opset = version;
        return this;
    }

    TinyModel shape(HeadShape headShape) {
        shape = headShape;
        return this;
    }

    TinyModel type(ElementType elementType) {
        type = elementType;
        return this;
    }

    TinyModel inputType(ElementType elementType) {
        inputType = elementType;
        return this;
    }

    TinyModel withoutSegmentIds() {
        segmentIds = false;
        return this;
    }

    TinyModel idsName(String name) {
        idsName = name;
        return this;
    }

    /** The weights that pooling has to give for a text, computed one position after the other. */
    double[] expected(long[] ids, Pooling pooling, Activation activation) {
        double[] weights = new double[vocabulary];
        for (int token = 0; token < vocabulary; token++) {
            for (long id : ids) {
                double logit = shape == HeadShape.WITHOUT_BIAS ? 0 : bias[token];
                for (int h = 0; h < HIDDEN; h++) {
                    logit += (double) embedding[(int) id][h] * head[h][token];
                }
                double weight = Math.log1p(Math.max(0, logit));
                weight = activation == Activation.DOUBLE_LOG1P ? Math.log1p(weight) : weight;
                weights[token] = pooling == Pooling.MAX ? Math.max(weights[token], weight) : weights[token] + weight;
            }
        }
        return weights;
    }

    /** The position with the largest logit of each token, the first of equal ones. */
    int[] expectedPositions(long[] ids) {
        int[] positions = new int[vocabulary];
        for (int token = 0; token < vocabulary; token++) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int position = 0; position < ids.length; position++) {
                double logit = 0;
                for (int h = 0; h < HIDDEN; h++) {
                    logit += (double) embedding[(int) ids[position]][h] * head[h][token];
                }
                if (logit > largest + 1e-6) {
                    largest = logit;
                    positions[token] = position;
                }
            }
        }
        return positions;
    }

    Path write(Path file) throws IOException {
        Files.write(file, toProto().toByteArray());
        return file;
    }

    /** Writes the weights to a file beside the graph, one behind the other. */
    Path writeWithExternalData(Path file, String weightsName) throws IOException {
        OnnxMl.ModelProto.Builder inside = toProto().toBuilder();
        ByteArrayOutputStream weights = new ByteArrayOutputStream();
        for (OnnxMl.TensorProto.Builder tensor : inside.getGraphBuilder().getInitializerBuilderList()) {
            byte[] data = tensor.getRawData().toByteArray();
            tensor.clearRawData()
                    .setDataLocation(OnnxMl.TensorProto.DataLocation.EXTERNAL)
                    .addExternalData(entry("location", weightsName))
                    .addExternalData(entry("offset", Integer.toString(weights.size())))
                    .addExternalData(entry("length", Integer.toString(data.length)));
            weights.write(data);
        }
        Files.write(file.resolveSibling(weightsName), weights.toByteArray());
        Files.write(file, inside.build().toByteArray());
        return file;
    }

    private static OnnxMl.StringStringEntryProto entry(String key, String value) {
        return OnnxMl.StringStringEntryProto.newBuilder()
                .setKey(key)
                .setValue(value)
                .build();
    }

    OnnxMl.ModelProto toProto() {
        OnnxMl.GraphProto.Builder graph = OnnxMl.GraphProto.newBuilder().setName("tiny");
        graph.addInput(value(idsName, inputType.number(), 2));
        graph.addInput(value("attention_mask", inputType.number(), 2));
        if (segmentIds) {
            graph.addInput(value("token_type_ids", inputType.number(), 2));
        }
        graph.addInitializer(weight("embedding", embedding));
        graph.addNode(node("Gather", "states", "embedding", idsName));
        String matrix = "head";
        if (shape == HeadShape.TRANSPOSED) {
            graph.addInitializer(weight("head_rows", transposed(head)));
            graph.addNode(node("Transpose", matrix, "head_rows"));
        } else if (shape != HeadShape.INT8) {
            graph.addInitializer(weight(matrix, head));
        }
        if (shape == HeadShape.INT8) {
            addQuantizedHead(graph);
        } else if (shape == HeadShape.WITHOUT_BIAS) {
            graph.addNode(node("MatMul", "logits", "states", matrix));
        } else {
            graph.addInitializer(weight("bias", bias));
            graph.addNode(node("MatMul", "product", "states", matrix));
            String sum = shape == HeadShape.HIDDEN_BEHIND_IDENTITY || shape == HeadShape.POOLED ? "sum" : "logits";
            graph.addNode(node("Add", sum, "bias", "product"));
            if (shape == HeadShape.HIDDEN_BEHIND_IDENTITY) {
                graph.addNode(node("Identity", "logits", "sum"));
            } else if (shape == HeadShape.POOLED) {
                graph.addNode(reduceMax("sum", "logits"));
            }
        }
        graph.addOutput(value("logits", type.number(), shape == HeadShape.POOLED ? 2 : 3));
        return OnnxMl.ModelProto.newBuilder()
                .setIrVersion(8)
                .setGraph(graph)
                .addOpsetImport(
                        OnnxMl.OperatorSetIdProto.newBuilder().setDomain("").setVersion(opset))
                .build();
    }

    private void addQuantizedHead(OnnxMl.GraphProto.Builder graph) {
        float largest = 0;
        for (float[] row : head) {
            for (float element : row) {
                largest = Math.max(largest, Math.abs(element));
            }
        }
        float scale = largest / Byte.MAX_VALUE;
        ByteBuffer quantized = ByteBuffer.allocate(HIDDEN * vocabulary);
        for (float[] row : head) {
            for (float element : row) {
                quantized.put((byte) Math.round(element / scale));
            }
        }
        graph.addInitializer(OnnxMl.TensorProto.newBuilder()
                .setName("head_int8")
                .setDataType(OnnxMl.TensorProto.DataType.INT8_VALUE)
                .addDims(HIDDEN)
                .addDims(vocabulary)
                .setRawData(ByteString.copyFrom(quantized.flip())));
        graph.addInitializer(weight("head_scale", new float[] {scale}));
        graph.addInitializer(weight("bias", bias));
        graph.addNode(OnnxMl.NodeProto.newBuilder()
                .setOpType("DynamicQuantizeLinear")
                .addInput("states")
                .addOutput("states_uint8")
                .addOutput("states_scale")
                .addOutput("states_zero"));
        graph.addNode(OnnxMl.NodeProto.newBuilder()
                .setOpType("MatMulInteger")
                .addInput("states_uint8")
                .addInput("head_int8")
                .addInput("states_zero")
                .addOutput("product_int32"));
        graph.addNode(OnnxMl.NodeProto.newBuilder()
                .setOpType("Cast")
                .addInput("product_int32")
                .addOutput("product_float")
                .addAttribute(OnnxMl.AttributeProto.newBuilder()
                        .setName("to")
                        .setType(OnnxMl.AttributeProto.AttributeType.INT)
                        .setI(OnnxMl.TensorProto.DataType.FLOAT_VALUE)));
        graph.addNode(node("Mul", "scales", "states_scale", "head_scale"));
        graph.addNode(node("Mul", "product", "product_float", "scales"));
        graph.addNode(node("Add", "logits", "product", "bias"));
    }

    private OnnxMl.ValueInfoProto value(String name, int elementType, int rank) {
        OnnxMl.TensorShapeProto.Builder dimensions = OnnxMl.TensorShapeProto.newBuilder();
        for (int i = 0; i < rank; i++) {
            OnnxMl.TensorShapeProto.Dimension.Builder dimension = OnnxMl.TensorShapeProto.Dimension.newBuilder();
            boolean last = i == rank - 1 && name.equals("logits");
            dimensions.addDim(last ? dimension.setDimValue(vocabulary) : dimension.setDimParam("d" + i));
        }
        return OnnxMl.ValueInfoProto.newBuilder()
                .setName(name)
                .setType(OnnxMl.TypeProto.newBuilder()
                        .setTensorType(OnnxMl.TypeProto.Tensor.newBuilder()
                                .setElemType(elementType)
                                .setShape(dimensions)))
                .build();
    }

    private static OnnxMl.NodeProto node(String operator, String output, String... inputs) {
        OnnxMl.NodeProto.Builder node =
                OnnxMl.NodeProto.newBuilder().setOpType(operator).addOutput(output);
        for (String input : inputs) {
            node.addInput(input);
        }
        return node.build();
    }

    private static OnnxMl.NodeProto reduceMax(String input, String output) {
        return OnnxMl.NodeProto.newBuilder()
                .setOpType("ReduceMax")
                .addInput(input)
                .addOutput(output)
                .addAttribute(OnnxMl.AttributeProto.newBuilder()
                        .setName("axes")
                        .setType(OnnxMl.AttributeProto.AttributeType.INTS)
                        .addInts(1))
                .addAttribute(OnnxMl.AttributeProto.newBuilder()
                        .setName("keepdims")
                        .setType(OnnxMl.AttributeProto.AttributeType.INT)
                        .setI(0))
                .build();
    }

    private OnnxMl.TensorProto weight(String name, float[]... rows) {
        OnnxMl.TensorProto.Builder tensor =
                OnnxMl.TensorProto.newBuilder().setName(name).setDataType(type.number());
        if (rows.length > 1) {
            tensor.addDims(rows.length);
        }
        tensor.addDims(rows[0].length);
        ByteBuffer data =
                ByteBuffer.allocate(rows.length * rows[0].length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float[] row : rows) {
            for (float element : row) {
                if (type == ElementType.FLOAT16) {
                    data.putShort(Float.floatToFloat16(element));
                } else {
                    data.putFloat(element);
                }
            }
        }
        return tensor.setRawData(ByteString.copyFrom(data.flip())).build();
    }

    private static float[][] transposed(float[][] matrix) {
        float[][] result = new float[matrix[0].length][matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix[0].length; j++) {
                result[j][i] = matrix[i][j];
            }
        }
        return result;
    }

    private static float[][] matrix(int rows, int columns, Random random) {
        float[][] matrix = new float[rows][columns];
        for (float[] row : matrix) {
            for (int i = 0; i < columns; i++) {
                // Exact in 16-bit floats too, so that the same reference serves both types.
                row[i] = Float.float16ToFloat(Float.floatToFloat16((float) random.nextGaussian()));
            }
        }
        return matrix;
    }
}
