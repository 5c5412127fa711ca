package io.skiff.encoder.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Nodes and constants to append to a graph, in the dialect of its opset.
 *
 * <p>Two protobuf messages one after the other are their merge, and repeated fields merge by concatenation: so nodes,
 * constants and outputs written behind a graph's bytes belong to it.
 */
final class GraphTail {
    private static final String PREFIX = "skiff_";

    // Field numbers of onnx.proto: NodeProto, AttributeProto, TensorProto, ValueInfoProto.
    private static final int NODE_INPUT = 1;
    private static final int NODE_OUTPUT = 2;
    private static final int NODE_NAME = 3;
    private static final int NODE_OPERATOR = 4;
    private static final int NODE_ATTRIBUTE = 5;
    private static final int ATTRIBUTE_NAME = 1;
    private static final int ATTRIBUTE_INTEGER = 3;
    private static final int ATTRIBUTE_INTEGERS = 8;
    private static final int ATTRIBUTE_TYPE = 20;
    private static final int TYPE_INTEGER = 2;
    private static final int TYPE_INTEGERS = 7;
    private static final int TENSOR_DIMENSION = 1;
    private static final int TENSOR_TYPE = 2;
    private static final int TENSOR_NAME = 8;
    private static final int TENSOR_RAW_DATA = 9;

    private final long opset;
    private final ProtobufWriter graph = new ProtobufWriter();
    private final Set<String> reads = new HashSet<>();
    private int values;

    GraphTail(long opset) {
        this.opset = opset;
    }

    /** Appends an operator; returns the name of its result. */
    String node(String operator, String... inputs) {
        return node(operator, List.of(inputs), new ProtobufWriter[0]);
    }

    String cast(String value, ElementType to) {
        return node("Cast", List.of(value), integer("to", to.number()));
    }

    String concat(int axis, List<String> values) {
        return node("Concat", values, integer("axis", axis));
    }

    /** {@code value} with a dimension of 1 put in at {@code axis}; an attribute until opset 13, then an input. */
    String unsqueeze(String value, int axis) {
        return opset < 13
                ? node("Unsqueeze", List.of(value), integers("axes", axis))
                : node("Unsqueeze", value, integers(axis));
    }

    /** The first element along an axis that disappears. */
    String first(String value, int axis) {
        ByteBuffer zero = ByteBuffer.allocate(Long.BYTES).putLong(0);
        String index = constant(ElementType.INT64, zero, new long[0]);
        return node("Gather", List.of(value, index), integer("axis", axis));
    }

    /** Columns {@code from} to {@code to} of a matrix. */
    String columns(String matrix, long from, long to) {
        return node("Slice", matrix, integers(from), integers(to), integers(1));
    }

    /** The largest along an axis that disappears; the axis is an attribute until opset 18, then an input. */
    String reduceMax(String value, int axis) {
        return reduce("ReduceMax", value, axis, opset < 18);
    }

    /** The sum along an axis that disappears; the axis is an attribute until opset 13, then an input. */
    String reduceSum(String value, int axis) {
        return reduce("ReduceSum", value, axis, opset < 13);
    }

    /** Where the largest is along an axis that disappears, as integers; of equal ones the first. */
    String argMax(String value, int axis) {
        return node("ArgMax", List.of(value), integer("axis", axis), integer("keepdims", 0));
    }

    /** The activation of a value of type float. */
    String activate(String value, Activation activation) {
        return switch (activation) {
            case NONE -> value;
            case LOG1P_RELU -> log1p(relu(value));
            case DOUBLE_LOG1P -> log1p(log1p(relu(value)));
        };
    }

    /** ONNX Runtime's Relu makes 0 of what is no number, and nobody would hear of it. */
    private String relu(String value) {
        return node("Where", node("IsNaN", value), value, node("Relu", value));
    }

    /** ONNX has no Log1p. */
    private String log1p(String value) {
        return node("Log", node("Add", value, scalar(ElementType.FLOAT, 1)));
    }

    /** A constant without dimensions. */
    String scalar(ElementType type, float value) {
        ByteBuffer data = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        switch (type) {
            case FLOAT16 -> data.putShort(Float.floatToFloat16(value));
            case BFLOAT16 -> data.putShort((short) (Float.floatToRawIntBits(value) >>> 16));
            default -> data.putFloat(value);
        }
        return constant(type, data, new long[0]);
    }

    /** A constant list of integers. */
    String integers(long... numbers) {
        ByteBuffer data = ByteBuffer.allocate(numbers.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long number : numbers) {
            data.putLong(number);
        }
        return constant(ElementType.INT64, data, new long[] {numbers.length});
    }

    /** Declares a value to be the output {@code name} of the graph. */
    void output(String value, String name) {
        reads.add(value);
        graph.message(
                OnnxGraphParser.GRAPH_NODE,
                new ProtobufWriter()
                        .string(NODE_INPUT, value)
                        .string(NODE_OUTPUT, name)
                        .string(NODE_OPERATOR, "Identity"));
        graph.message(OnnxGraphParser.GRAPH_OUTPUT, new ProtobufWriter().string(1, name));
    }

    /** The values that what was appended reads, its own among them. */
    Set<String> reads() {
        return reads;
    }

    /** The fields to append to the graph's bytes. */
    byte[] toByteArray() {
        return graph.toByteArray();
    }

    private String reduce(String operator, String value, int axis, boolean axisIsAttribute) {
        ProtobufWriter gone = integer("keepdims", 0);
        return axisIsAttribute
                ? node(operator, List.of(value), integers("axes", axis), gone)
                : node(operator, List.of(value, integers(axis)), gone);
    }

    private String node(String operator, List<String> inputs, ProtobufWriter... attributes) {
        String result = newName();
        ProtobufWriter node = new ProtobufWriter();
        inputs.forEach(input -> node.string(NODE_INPUT, input));
        reads.addAll(inputs);
        node.string(NODE_OUTPUT, result).string(NODE_NAME, result).string(NODE_OPERATOR, operator);
        for (ProtobufWriter attribute : attributes) {
            node.message(NODE_ATTRIBUTE, attribute);
        }
        graph.message(OnnxGraphParser.GRAPH_NODE, node);
        return result;
    }

    private String constant(ElementType type, ByteBuffer data, long[] dimensions) {
        String name = newName();
        ProtobufWriter tensor = new ProtobufWriter();
        for (long dimension : dimensions) {
            tensor.varint(TENSOR_DIMENSION, dimension);
        }
        byte[] bytes = new byte[data.position()];
        data.flip().get(bytes);
        tensor.varint(TENSOR_TYPE, type.number()).string(TENSOR_NAME, name).bytes(TENSOR_RAW_DATA, bytes);
        graph.message(OnnxGraphParser.GRAPH_INITIALIZER, tensor);
        return name;
    }

    private static ProtobufWriter integer(String name, long value) {
        return new ProtobufWriter()
                .string(ATTRIBUTE_NAME, name)
                .varint(ATTRIBUTE_INTEGER, value)
                .varint(ATTRIBUTE_TYPE, TYPE_INTEGER);
    }

    private static ProtobufWriter integers(String name, long value) {
        return new ProtobufWriter()
                .string(ATTRIBUTE_NAME, name)
                .varint(ATTRIBUTE_INTEGERS, value)
                .varint(ATTRIBUTE_TYPE, TYPE_INTEGERS);
    }

    private String newName() {
        return PREFIX + values++;
    }
}
