/** Measures Skiff: speed with JMH, quality with trec_eval's definitions. Nothing imports it. */
package io.skiff.bench;
