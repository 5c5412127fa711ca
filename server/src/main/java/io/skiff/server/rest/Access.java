package io.skiff.server.rest;

import io.skiff.server.security.ApiKey;
import io.skiff.server.security.ApiKeys;
import io.skiff.server.security.Scope;
import java.util.Locale;
import java.util.Optional;

/** Lets requests in, or not. */
@FunctionalInterface
public interface Access {
    /** Everybody may do everything: for a server that only its own machine can reach. */
    Access OPEN = (request, scope) -> {};

    /**
     * Lets a request in.
     *
     * @throws RestException with status 401 if nobody is known to ask, 403 if they may not
     */
    void require(Request request, Scope scope);

    /** Those who show one of these keys, within its scopes. */
    static Access of(ApiKeys keys) {
        return (request, scope) -> {
            Optional<String> authorization = request.header("authorization");
            if (authorization.isEmpty()) {
                throw unauthorized("missing authentication credentials for REST request [" + request.uri() + "]");
            }
            ApiKey key = keys.authenticate(authorization.get())
                    .orElseThrow(
                            () -> unauthorized("unable to authenticate with provided credentials for REST request ["
                                    + request.uri() + "]"));
            if (!key.scopes().contains(scope)) {
                throw new RestException(
                        403,
                        "security_exception",
                        "action [" + request.method() + " " + request.uri() + "] is unauthorized for API key id ["
                                + key.id() + "], this action needs the scope ["
                                + scope.name().toLowerCase(Locale.ROOT) + "]");
            }
        };
    }

    private static RestException unauthorized(String reason) {
        return new RestException(401, "security_exception", reason).withHeader("WWW-Authenticate", "ApiKey");
    }
}
