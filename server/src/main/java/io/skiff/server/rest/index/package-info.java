/**
 * Making, changing and removing indexes, and what is known of them: settings ({@link
 * io.skiff.server.rest.index.SettingsParser}), mappings, statistics.
 */
package io.skiff.server.rest.index;
