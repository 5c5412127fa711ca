package io.skiff.server.rest;

import io.skiff.server.collection.IndexGoneException;
import io.skiff.server.security.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the endpoint of a request by method and path. */
public final class Router {
    private static final Logger LOG = LoggerFactory.getLogger(Router.class);

    /** Understood everywhere, as Elasticsearch does. */
    private static final Set<String> COMMON_PARAMETERS = Set.of("pretty", "human", "error_trace");

    /**
     * What is to be done for a request.
     *
     * @param lane where
     * @param answer does it; never throws, a failure is an answer too
     */
    public record Work(Lane lane, Supplier<Response> answer) {}

    private record Route(
            String name,
            String method,
            List<String> template,
            Set<String> parameters,
            Lane lane,
            Scope scope,
            Endpoint endpoint) {
        Route {
            template = List.copyOf(template);
            parameters = Set.copyOf(parameters);
        }

        Shape shape() {
            String last = template.isEmpty() ? "" : template.getLast();
            return new Shape(template.size(), last.startsWith("{") ? Shape.ANY : last);
        }

        /** Whether it is that of a path of as many segments. */
        boolean matches(List<String> segments) {
            for (int i = 0; i < template.size(); i++) {
                String expected = template.get(i);
                boolean fits = expected.startsWith("{")
                        ? !(expected.equals("{index}") && segments.get(i).startsWith("_"))
                        : expected.equals(segments.get(i));
                if (!fits) {
                    return false;
                }
            }
            return true;
        }

        /** What stands where the template has names, of a path that matches. */
        Map<String, String> pathParameters(List<String> segments) {
            Map<String, String> values = new HashMap<>();
            for (int i = 0; i < template.size(); i++) {
                String expected = template.get(i);
                if (expected.startsWith("{")) {
                    values.put(expected.substring(1, expected.length() - 1), segments.get(i));
                }
            }
            return values;
        }
    }

    /**
     * What routes are told apart by at first, so that a request looks at few of them.
     *
     * @param last the last segment, or {@link #ANY}
     */
    private record Shape(int segments, String last) {
        static final String ANY = "{}";
    }

    /** What stands for the route of a request that has none. */
    static final String NO_ROUTE = "none";

    private final Map<Shape, List<Route>> routes;
    private final Access access;
    private final RequestObserver observer;

    private Router(Builder builder) {
        this.routes = builder.routes.stream().collect(Collectors.groupingBy(Route::shape));
        this.access = builder.access;
        this.observer = builder.observer;
    }

    /** Collects routes. */
    public static final class Builder {
        private final List<Route> routes = new ArrayList<>();
        private Access access = Access.OPEN;
        private RequestObserver observer = RequestObserver.NONE;

        /** Lets in whom {@code access} lets in; everybody if this is not called. */
        public Builder access(Access access) {
            this.access = access;
            return this;
        }

        /** Tells {@code observer} of each answer. */
        public Builder observer(RequestObserver observer) {
            this.observer = observer;
            return this;
        }

        /**
         * Adds a route that reads. One of {@code GET} answers {@code HEAD} too.
         *
         * @param template such as {@code /{index}/_search}; a name in braces stands for any segment, {@code {index}}
         *     only for one that does not begin with an underscore
         * @param parameters of the query that the endpoint understands
         */
        public Builder add(String method, String template, Lane lane, Set<String> parameters, Endpoint endpoint) {
            return add(method, template, lane, Scope.READ, parameters, endpoint);
        }

        /** Adds a route that needs a scope; otherwise the same. */
        public Builder add(
                String method, String template, Lane lane, Scope scope, Set<String> parameters, Endpoint endpoint) {
            routes.add(
                    new Route(method + " " + template, method, segments(template), parameters, lane, scope, endpoint));
            return this;
        }

        /** The router. */
        public Router build() {
            return new Router(this);
        }
    }

    /** The work for a request. */
    public Work route(Request request) {
        Route route;
        try {
            route = find(request);
            access.require(request, route.scope());
        } catch (RestException e) {
            return new Work(Lane.IMMEDIATE, () -> {
                observer.answered(NO_ROUTE, request, e.status(), 0);
                return e.response(request);
            });
        }
        Request at = request.at(route.pathParameters(request.segments()));
        return new Work(route.lane(), () -> {
            long start = System.nanoTime();
            Response response = answer(route, at);
            observer.answered(route.name(), at, response.status(), System.nanoTime() - start);
            return response;
        });
    }

    private Route find(Request request) {
        String method = request.method().equals("HEAD") ? "GET" : request.method();
        Set<String> allowed = new TreeSet<>();
        List<String> segments = request.segments();
        String last = segments.isEmpty() ? "" : segments.getLast();
        // A name before any name: {repository}/_status before {repository}/{snapshot}.
        for (String shape : List.of(last, Shape.ANY)) {
            for (Route route : routes.getOrDefault(new Shape(segments.size(), shape), List.of())) {
                if (route.matches(segments)) {
                    if (route.method().equals(method)) {
                        return route;
                    }
                    allowed.add(route.method());
                }
            }
        }
        if (allowed.isEmpty()) {
            throw RestException.illegalArgument(
                    "no handler found for uri [" + request.uri() + "] and method [" + request.method() + "]");
        }
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        throw new RestException(
                        405,
                        "method_not_allowed_exception",
                        "Incorrect HTTP method for uri [" + request.uri() + "] and method [" + request.method()
                                + "], allowed: " + allowed)
                .withHeader("Allow", String.join(", ", allowed));
    }

    private static Response answer(Route route, Request request) {
        try {
            for (String parameter : request.parameters().keySet()) {
                if (!route.parameters().contains(parameter) && !COMMON_PARAMETERS.contains(parameter)) {
                    throw RestException.illegalArgument("request [" + request.uri()
                            + "] contains unrecognized parameter: [" + parameter + "]; this endpoint knows "
                            + new TreeSet<>(route.parameters()));
                }
            }
            MediaTypes.requireJsonBody(request);
            request.cancellation().check();
            return route.endpoint().answer(request);
        } catch (RestException e) {
            return e.response(request);
        } catch (IndexGoneException e) {
            return RestException.indexNotFound(e.index()).response(request);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            // Whatever it was, the client gets to know of it, and the next request is another.
            LOG.error("{} {} failed", request.method(), request.uri(), e);
            return new RestException(500, "internal_error", "the server failed on this request; its log says why")
                    .response(request);
        }
    }

    private static List<String> segments(String template) {
        return template.equals("/") ? List.of() : List.of(template.substring(1).split("/"));
    }
}
