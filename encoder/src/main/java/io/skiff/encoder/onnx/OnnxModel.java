package io.skiff.encoder.onnx;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What has to be known of an ONNX file: its inputs and outputs, its version of the operators, the wiring of its nodes and
 * the shapes of its weights. The weights themselves are never read.
 *
 * @param opset version of the standard operators
 * @param inputs what has to be fed, weights that are listed as inputs left out
 * @param outputs what the graph declares as outputs
 * @param nodes the operators, in the order of the file
 * @param producers the node that makes each value
 * @param weights type and dimensions of each initializer, by name
 * @param graphFields where the fields of the graph stand in the file, for {@link PooledModel}
 */
record OnnxModel(
        long opset,
        List<TensorInfo> inputs,
        List<TensorInfo> outputs,
        List<Node> nodes,
        Map<String, Node> producers,
        Map<String, TensorInfo> weights,
        GraphFields graphFields) {
    // Field numbers of onnx.proto, message ModelProto.
    static final int MODEL_GRAPH = 7;
    private static final int MODEL_OPSET_IMPORT = 8;
    private static final int OPSET_DOMAIN = 1;
    private static final int OPSET_VERSION = 2;

    /**
     * Where the graph stands in the file.
     *
     * @param fieldStart of the tag of the model's graph field
     * @param contentStart of the graph itself
     * @param contentEnd its end
     * @param outputs the fields that declare outputs
     */
    record GraphFields(long fieldStart, long contentStart, long contentEnd, List<Span> outputs) {}

    /** Some bytes of the file, from {@code start} to {@code end}, exclusive. */
    record Span(long start, long end) {}

    /**
     * One operator.
     *
     * @param inputs names of the values it reads
     * @param outputs names of the values it makes
     * @param hasSubgraph whether it may read other values too, inside of an If or a Loop
     * @param field where it stands in the file
     */
    record Node(String operator, List<String> inputs, List<String> outputs, boolean hasSubgraph, Span field) {}

    Optional<TensorInfo> input(String name) {
        return inputs.stream().filter(input -> input.name().equals(name)).findFirst();
    }

    /**
     * The nodes that none of some values needs; none where a node with a graph inside makes that hard to say.
     *
     * @param needed names of values
     */
    List<Node> unneeded(Collection<String> needed) {
        if (nodes.stream().anyMatch(Node::hasSubgraph)) {
            return List.of();
        }
        Set<Node> alive = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(needed);
        while (!open.isEmpty()) {
            Node producer = producers.get(open.remove());
            if (producer != null && alive.add(producer)) {
                open.addAll(producer.inputs());
            }
        }
        return nodes.stream().filter(node -> !alive.contains(node)).toList();
    }

    /**
     * Reads the wiring of a model file.
     *
     * @throws MalformedModelException if the bytes are no ONNX model
     */
    static OnnxModel parse(MemorySegment file) throws MalformedModelException {
        long opset = 0;
        GraphFields fields = null;
        OnnxGraphParser graph = new OnnxGraphParser();
        ProtobufReader model = new ProtobufReader(file);
        while (model.next()) {
            if (model.isBytes(MODEL_GRAPH)) {
                if (fields != null) {
                    throw new MalformedModelException("not a plain ONNX file: it holds its graph in several parts");
                }
                fields = new GraphFields(
                        model.fieldStart(), model.contentStart(), model.fieldEnd(), graph.parse(model.message()));
            } else if (model.isBytes(MODEL_OPSET_IMPORT)) {
                opset = Math.max(opset, standardOpset(model.message()));
            }
        }
        if (fields == null || opset == 0) {
            throw new MalformedModelException("not an ONNX file: it has " + (fields == null ? "no graph" : "no opset"));
        }
        return graph.toModel(opset, fields);
    }

    private static long standardOpset(ProtobufReader opset) throws MalformedModelException {
        String domain = "";
        long version = 0;
        while (opset.next()) {
            if (opset.isBytes(OPSET_DOMAIN)) {
                domain = opset.string();
            } else if (opset.isVarint(OPSET_VERSION)) {
                version = opset.varint();
            }
        }
        return domain.isEmpty() || domain.equals("ai.onnx") ? version : 0;
    }
}
