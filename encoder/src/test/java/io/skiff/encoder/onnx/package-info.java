/** Tests of the learned encoders on models of a few kilobytes, built here, and on real ones where they can be found. */
package io.skiff.encoder.onnx;
