/**
 * Who may ask: API keys with scopes, kept as hashes in a file of one line a key.
 *
 * <p>Imports nothing of ours.
 */
package io.skiff.server.security;
