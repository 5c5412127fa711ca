package io.skiff.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/**
 * A command that ran in this process, and what came of it.
 *
 * @param exitCode its exit code
 * @param out its standard output
 * @param err its standard error
 */
record Ran(int exitCode, String out, String err) {
    /** Runs a command; arguments that are not strings are put as strings. */
    static Ran skiff(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine =
                Skiff.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        String[] strings = new String[arguments.length];
        for (int i = 0; i < strings.length; i++) {
            strings[i] = arguments[i].toString();
        }
        return new Ran(commandLine.execute(strings), out.toString(), err.toString());
    }

    /** Runs a command with bytes for standard input. */
    static Ran skiffReading(byte[] input, Object... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input));
        try {
            return skiff(arguments);
        } finally {
            System.setIn(before);
        }
    }

    /** Requires success. */
    Ran done() {
        assertEquals(0, exitCode, err);
        return this;
    }

    /** Requires a failure that one line tells, with these parts in it. */
    Ran failed(String... parts) {
        assertEquals(1, exitCode, out + err);
        assertEquals(1, err.lines().count(), err);
        assertTrue(err.startsWith("skiff: "), err);
        return saying(parts);
    }

    /** Requires a complaint about the usage, with these parts in it. */
    Ran wrongUsage(String... parts) {
        assertEquals(2, exitCode, out + err);
        assertTrue(err.startsWith("skiff: "), err);
        return saying(parts);
    }

    /** The lines of standard output. */
    List<String> lines() {
        return out.lines().toList();
    }

    private Ran saying(String... parts) {
        for (String part : parts) {
            assertTrue(err.contains(part), () -> "expected '" + part + "' in: " + err);
        }
        assertTrue(!err.contains("\tat "), err);
        return this;
    }
}
