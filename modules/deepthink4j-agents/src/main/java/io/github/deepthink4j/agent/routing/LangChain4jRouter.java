package io.github.deepthink4j.agent.routing;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.request.ChatRequest;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A {@link CapabilityRouter} as LangChain4j's {@code ChatModelRouter}, which it has since 1.23 and which is looked up here and nowhere
 * else. Its {@code routeAsync} fails by default, so that a lambda would not do for {@code chatAsync}.
 */
final class LangChain4jRouter implements InvocationHandler {

    private static final String ROOM = "dev.langchain4j.model.chat.router.";

    private final CapabilityRouter router;
    private final Method chatRequest;
    private final Method routes;
    private final Method name;
    private final Method result;

    private LangChain4jRouter(CapabilityRouter router, ClassLoader loader) throws ReflectiveOperationException {
        this.router = router;
        Class<?> request = loader.loadClass(ROOM + "ChatModelRoutingRequest");
        this.chatRequest = request.getMethod("chatRequest");
        this.routes = request.getMethod("routes");
        this.name = loader.loadClass(ROOM + "ChatModelRoute").getMethod("name");
        this.result = loader.loadClass(ROOM + "ChatModelRoutingResult").getMethod("route", String.class);
    }

    static <R> R of(CapabilityRouter router, Class<R> type) {
        if (!type.getName().equals(ROOM + "ChatModelRouter")) {
            throw new IllegalArgumentException(
                    type.getName() + " is no router of LangChain4j: it has " + ROOM + "ChatModelRouter since 1.23");
        }
        ClassLoader loader = type.getClassLoader();
        try {
            return type.cast(
                    Proxy.newProxyInstance(loader, new Class<?>[] {type}, new LangChain4jRouter(router, loader)));
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("This version of LangChain4j has another kind of router", e);
        }
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        Object argument = arguments == null || arguments.length == 0 ? null : arguments[0];
        if (argument == null && method.getParameterCount() > 0 && method.getDeclaringClass() != Object.class) {
            throw new IllegalArgumentException(method.getName() + " was given null");
        }
        return switch (method.getName()) {
            case "route" -> route(requireNonNull(argument));
            case "routeAsync" -> routeAsync(requireNonNull(argument));
            case "validate" -> {
                router.expect(names((List<?>) requireNonNull(argument)));
                yield null;
            }
            case "equals" -> proxy == argument;
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> router.toString();
            default -> throw new UnsupportedOperationException(method.toString());
        };
    }

    private Object route(Object request) throws ReflectiveOperationException {
        List<String> candidates = names((List<?>) routes.invoke(request));
        return result.invoke(null, router.route((ChatRequest) chatRequest.invoke(request), candidates));
    }

    private CompletableFuture<Object> routeAsync(Object request) {
        try {
            return CompletableFuture.completedFuture(route(request));
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private List<String> names(List<?> all) throws ReflectiveOperationException {
        List<String> names = new ArrayList<>();
        for (Object route : all) {
            names.add((String) name.invoke(route));
        }
        return names;
    }
}
