/** JMH benchmarks of an encoder's stages: tokenizer, pooling, sparsifier; {@code skiff bench kernels NAME} runs them. */
package io.skiff.bench.encoder;
