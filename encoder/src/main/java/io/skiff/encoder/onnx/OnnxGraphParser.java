package io.skiff.encoder.onnx;

import io.skiff.encoder.onnx.OnnxModel.GraphFields;
import io.skiff.encoder.onnx.OnnxModel.Node;
import io.skiff.encoder.onnx.OnnxModel.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects what {@link OnnxModel} keeps of a graph while the fields of onnx.proto's GraphProto go by. */
final class OnnxGraphParser {
    static final int GRAPH_NODE = 1;
    static final int GRAPH_INITIALIZER = 5;
    private static final int GRAPH_INPUT = 11;
    static final int GRAPH_OUTPUT = 12;
    private static final int NODE_INPUT = 1;
    private static final int NODE_OUTPUT = 2;
    private static final int NODE_OPERATOR = 4;
    private static final int NODE_ATTRIBUTE = 5;
    private static final int ATTRIBUTE_GRAPH = 6;
    private static final int ATTRIBUTE_GRAPHS = 11;
    private static final int VALUE_NAME = 1;
    private static final int VALUE_TYPE = 2;
    private static final int TYPE_TENSOR = 1;
    private static final int TENSOR_TYPE_ELEMENT = 1;
    private static final int TENSOR_TYPE_SHAPE = 2;
    private static final int SHAPE_DIMENSION = 1;
    private static final int DIMENSION_VALUE = 1;
    private static final int WEIGHT_DIMENSION = 1;
    private static final int WEIGHT_TYPE = 2;
    private static final int WEIGHT_NAME = 8;

    private final List<TensorInfo> inputs = new ArrayList<>();
    private final List<TensorInfo> outputs = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Node> producers = new HashMap<>();
    private final Map<String, TensorInfo> weights = new HashMap<>();

    /** Reads the graph; returns the spans of its output declarations. */
    List<Span> parse(ProtobufReader graph) throws MalformedModelException {
        List<Span> outputSpans = new ArrayList<>();
        while (graph.next()) {
            if (graph.isBytes(GRAPH_NODE)) {
                node(graph.message(), new Span(graph.fieldStart(), graph.fieldEnd()));
            } else if (graph.isBytes(GRAPH_INITIALIZER)) {
                weight(graph.message());
            } else if (graph.isBytes(GRAPH_INPUT)) {
                inputs.add(value(graph.message()));
            } else if (graph.isBytes(GRAPH_OUTPUT)) {
                outputs.add(value(graph.message()));
                outputSpans.add(new Span(graph.fieldStart(), graph.fieldEnd()));
            }
        }
        return outputSpans;
    }

    OnnxModel toModel(long opset, GraphFields fields) {
        List<TensorInfo> fed = inputs.stream()
                .filter(input -> !weights.containsKey(input.name()))
                .toList();
        return new OnnxModel(opset, fed, List.copyOf(outputs), List.copyOf(nodes), producers, weights, fields);
    }

    private void node(ProtobufReader node, Span field) throws MalformedModelException {
        List<String> reads = new ArrayList<>();
        List<String> makes = new ArrayList<>();
        String operator = "";
        boolean subgraph = false;
        while (node.next()) {
            if (node.isBytes(NODE_INPUT)) {
                reads.add(node.string());
            } else if (node.isBytes(NODE_OUTPUT)) {
                makes.add(node.string());
            } else if (node.isBytes(NODE_OPERATOR)) {
                operator = node.string();
            } else if (node.isBytes(NODE_ATTRIBUTE)) {
                subgraph |= hasGraph(node.message());
            }
        }
        Node parsed = new Node(operator, List.copyOf(reads), List.copyOf(makes), subgraph, field);
        nodes.add(parsed);
        makes.forEach(name -> producers.put(name, parsed));
    }

    private static boolean hasGraph(ProtobufReader attribute) throws MalformedModelException {
        boolean graph = false;
        while (attribute.next()) {
            graph |= attribute.isBytes(ATTRIBUTE_GRAPH) || attribute.isBytes(ATTRIBUTE_GRAPHS);
        }
        return graph;
    }

    private void weight(ProtobufReader weight) throws MalformedModelException {
        List<Long> dimensions = new ArrayList<>();
        String name = "";
        ElementType type = ElementType.OTHER;
        while (weight.next()) {
            if (weight.isVarint(WEIGHT_DIMENSION)) {
                dimensions.add(weight.varint());
            } else if (weight.isBytes(WEIGHT_DIMENSION)) {
                weight.message().packedVarints(dimensions);
            } else if (weight.isVarint(WEIGHT_TYPE)) {
                type = ElementType.of(weight.varint());
            } else if (weight.isBytes(WEIGHT_NAME)) {
                name = weight.string();
            }
        }
        weights.put(name, new TensorInfo(name, type, dimensions));
    }

    private static TensorInfo value(ProtobufReader value) throws MalformedModelException {
        String name = "";
        ElementType type = ElementType.OTHER;
        List<Long> dimensions = new ArrayList<>();
        while (value.next()) {
            if (value.isBytes(VALUE_NAME)) {
                name = value.string();
            } else if (value.isBytes(VALUE_TYPE)) {
                ProtobufReader types = value.message();
                while (types.next()) {
                    if (types.isBytes(TYPE_TENSOR)) {
                        type = tensorType(types.message(), dimensions);
                    }
                }
            }
        }
        return new TensorInfo(name, type, dimensions);
    }

    private static ElementType tensorType(ProtobufReader tensor, List<Long> dimensions) throws MalformedModelException {
        ElementType type = ElementType.OTHER;
        while (tensor.next()) {
            if (tensor.isVarint(TENSOR_TYPE_ELEMENT)) {
                type = ElementType.of(tensor.varint());
            } else if (tensor.isBytes(TENSOR_TYPE_SHAPE)) {
                ProtobufReader shape = tensor.message();
                while (shape.next()) {
                    if (shape.isBytes(SHAPE_DIMENSION)) {
                        dimensions.add(dimension(shape.message()));
                    }
                }
            }
        }
        return type;
    }

    private static long dimension(ProtobufReader dimension) throws MalformedModelException {
        long size = TensorInfo.UNKNOWN;
        while (dimension.next()) {
            if (dimension.isVarint(DIMENSION_VALUE) && dimension.varint() > 0) {
                size = dimension.varint();
            }
        }
        return size;
    }
}
