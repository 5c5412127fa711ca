/**
 * The page that a browser sees at {@code /}: files that ship with the server, loaded once and served from memory.
 *
 * <p>The page talks to the same endpoints as everyone else, and to nothing outside the server.
 */
package io.skiff.server.page;
