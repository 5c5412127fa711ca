/**
 * The words of a document that made it a hit.
 *
 * <pre>
 *   what the tokens of the query did   {@link io.skiff.server.rest.highlight.TokenScore}
 *   + the source of the hit            {@link io.skiff.server.rest.highlight.EncodedText}: what a field was encoded from
 *   + the field's encoder              which words of that its tokens stand in, or came from
 *   -&gt; words, each with what it did    {@link io.skiff.server.rest.highlight.Word}
 *   -&gt; the passages with the most      {@link io.skiff.server.rest.highlight.Passages}
 *   -&gt; text with tags                  {@link io.skiff.server.rest.highlight.Tagger}
 * </pre>
 *
 * <p>Its entrance is {@link io.skiff.server.rest.highlight.HitHighlighter}.
 */
package io.skiff.server.rest.highlight;
