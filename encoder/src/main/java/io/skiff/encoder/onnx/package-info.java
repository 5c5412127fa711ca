/**
 * Learned sparse encoders: a masked-language model in ONNX, its tokenizer, and the pooling that turns logits into one
 * sparse vector.
 *
 * <pre>
 *   model.onnx --OnnxModel--> what goes in and out --PooledModel--> the same graph, ending in [batch, vocabulary]
 * </pre>
 *
 * <p>Nothing here needs a protobuf library: of the format's five wire types an ONNX file uses two, and appending to a
 * message is concatenation.
 */
package io.skiff.encoder.onnx;
