package org.scepgate.platform;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Which methods an address answers to, for the header Allow that a 405 must have (RFC 9110 section 15.5.6). */
@Singleton
class AllowedMethods {
    private final Map<Pattern, Set<String>> methodsByPath = new HashMap<>();

    AllowedMethods(BeanManager beans) {
        beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .map(Bean::getBeanClass)
                .filter(type -> type.isAnnotationPresent(Path.class))
                .forEach(this::read);
    }

    /** Such as {@code GET, HEAD, POST}; empty where no resource is. */
    String at(String path) {
        Set<String> methods = new TreeSet<>();
        methodsByPath.forEach((pattern, allowed) -> {
            if (pattern.matcher(path).matches()) {
                methods.addAll(allowed);
            }
        });
        return String.join(", ", methods);
    }

    private void read(Class<?> resource) {
        String root = resource.getAnnotation(Path.class).value();
        for (Method method : resource.getDeclaredMethods()) {
            for (Annotation annotation : method.getAnnotations()) {
                HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
                if (http != null) {
                    add(pattern(root, method.getAnnotation(Path.class)), http.value());
                }
            }
        }
    }

    private void add(Pattern path, String method) {
        Set<String> methods = methodsByPath.computeIfAbsent(path, added -> new TreeSet<>());
        methods.add(method);
        // Quarkus answers both of itself.
        methods.add(HttpMethod.OPTIONS);
        if (method.equals(HttpMethod.GET)) {
            methods.add(HttpMethod.HEAD);
        }
    }

    private static Pattern pattern(String root, Path further) {
        String template = further == null ? root : root + "/" + further.value();
        return Pattern.compile(template.replaceAll("//+", "/").replaceAll("\\{[^}]+}", "[^/]+") + "/?");
    }
}
