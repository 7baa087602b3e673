package org.scepgate.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.ReferencedClassObject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The product's own types that Jackson reads or writes, as far as the code says so. */
public final class JsonTypes {
    private final Set<Class<?>> found = new LinkedHashSet<>();

    private JsonTypes() {}

    /** Bodies of resources, types that are named where JSON is read, documented ones, and all that these consist of. */
    public static Set<Class<?>> of(JavaClasses house) {
        JsonTypes types = new JsonTypes();
        house.stream()
                .filter(type -> !type.getPackageName().equals("org.scepgate.dev"))
                .forEach(types::addThoseOf);
        return types.found;
    }

    private void addThoseOf(JavaClass type) {
        if (type.isAnnotatedWith(Schema.class)) {
            add(type.reflect());
        }
        if (type.isAnnotatedWith(Path.class)) {
            Stream.of(type.reflect().getDeclaredMethods())
                    .filter(JsonTypes::answersHttp)
                    .forEach(this::addBodiesOf);
        }
        type.getCodeUnits().stream().filter(JsonTypes::readsJson).forEach(this::addNamedIn);
    }

    private static boolean answersHttp(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .anyMatch(annotation -> annotation.isAnnotationPresent(HttpMethod.class));
    }

    private static boolean readsJson(JavaCodeUnit unit) {
        return unit.getCallsFromSelf().stream()
                .anyMatch(call -> call.getTargetOwner().isEquivalentTo(ObjectMapper.class)
                        && call.getName().equals("readValue"));
    }

    /** A parameter without an annotation of its own is the body. */
    private void addBodiesOf(Method method) {
        add(method.getGenericReturnType());
        for (int i = 0; i < method.getParameterCount(); i++) {
            if (method.getParameterAnnotations()[i].length == 0) {
                add(method.getGenericParameterTypes()[i]);
            }
        }
    }

    private void addNamedIn(JavaCodeUnit unit) {
        unit.getReferencedClassObjects().stream()
                .map(ReferencedClassObject::getRawType)
                .forEach(type -> add(type.reflect()));
    }

    private void add(Type type) {
        if (type instanceof ParameterizedType generic) {
            add(generic.getRawType());
            Arrays.stream(generic.getActualTypeArguments()).forEach(this::add);
        } else if (type instanceof Class<?> own && isRecordOfTheHouse(own) && found.add(own)) {
            Arrays.stream(own.getRecordComponents())
                    .map(RecordComponent::getGenericType)
                    .forEach(this::add);
        }
    }

    private static boolean isRecordOfTheHouse(Class<?> type) {
        return type.isRecord() && type.getName().startsWith("org.scepgate.");
    }
}
