/** Collections: a named index, opened, with its searcher and the encoders its fields remember. */
package io.skiff.server.collection;
