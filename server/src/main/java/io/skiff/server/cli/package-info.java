/** The command line: one class per command, and nothing that a library user would miss. */
package io.skiff.server.cli;
