package io.skiff.server.rest;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PathPatternTest {
    @Test
    void matchesStarsAnywhere() {
        assertTrue(PathPattern.matches("*", ""));
        assertTrue(PathPattern.matches("a*c", "abbc"));
        assertTrue(PathPattern.matches("*b*", "abc"));
        assertTrue(PathPattern.matches("a*b*c", "a.bb.c"));
        assertFalse(PathPattern.matches("a*b", "abc"));
        assertFalse(PathPattern.matches("", "a"));
        assertFalse(PathPattern.matches("abc", "ab"));
        assertFalse(PathPattern.matches("*a*a*a*a*a*a*a*a*b", "a".repeat(5_000)));
    }
}
