package io.skiff.server.security;

import java.util.Set;

/**
 * A key that was shown and is known.
 *
 * @param id by which it is named in logs and answers
 * @param name that it was given
 * @param scopes what it allows
 */
public record ApiKey(String id, String name, Set<Scope> scopes) {
    /** Copies the set. */
    public ApiKey {
        scopes = Set.copyOf(scopes);
    }
}
