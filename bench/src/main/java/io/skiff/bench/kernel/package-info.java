/** JMH benchmarks of the scoring kernels and of a whole exhaustive search, and the command that runs them. */
package io.skiff.bench.kernel;
