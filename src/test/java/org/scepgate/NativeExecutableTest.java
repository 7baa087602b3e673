package org.scepgate;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.IOException;
import java.io.InputStream;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import org.junit.jupiter.api.Test;

/** What a class does when it is initialised, a native executable does once, on the machine that builds it. */
class NativeExecutableTest {
    private static final JavaClasses HOUSE =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("org.scepgate");
    /** What differs from one machine, process or moment to the next. */
    private static final Set<String> OF_THE_MOMENT = Stream.of(
                    Random.class,
                    SecureRandom.class,
                    KeyPairGenerator.class,
                    KeyGenerator.class,
                    KeyFactory.class,
                    KeyStore.class,
                    Signature.class,
                    MessageDigest.class,
                    Cipher.class,
                    Mac.class,
                    Security.class,
                    Clock.class,
                    Thread.class)
            .map(Class::getName)
            .collect(Collectors.toSet());

    private static final Set<String> SETTINGS =
            Set.of("java.lang.System.getenv", "java.lang.System.getProperty", "java.lang.Boolean.getBoolean");

    @Test
    void initialisesClassesThatHoldSomethingOfTheMomentWhenItRuns() throws IOException {
        Set<String> found = HOUSE.stream()
                .filter(type -> !type.getPackageName().equals("org.scepgate.dev"))
                .filter(NativeExecutableTest::holdsSomethingOfTheMoment)
                .map(JavaClass::getName)
                .collect(Collectors.toSet());

        Set<String> named = initialisedAtRunTime().stream()
                .filter(name -> name.startsWith("org.scepgate."))
                .collect(Collectors.toSet());

        assertThat(named).isNotEmpty().isEqualTo(found);
    }

    private static boolean holdsSomethingOfTheMoment(JavaClass type) {
        Deque<JavaCodeUnit> toRead = new ArrayDeque<>();
        type.getStaticInitializer().ifPresent(toRead::add);
        Set<JavaCodeUnit> read = new HashSet<>();
        while (!toRead.isEmpty()) {
            JavaCodeUnit unit = toRead.pop();
            if (!read.add(unit)) {
                continue;
            }
            if (unit.getCallsFromSelf().stream().anyMatch(NativeExecutableTest::isOfTheMoment)) {
                return true;
            }
            unit.getCallsFromSelf().stream()
                    .map(JavaAccess::getTarget)
                    .filter(target -> target.getOwner().getPackageName().startsWith("org.scepgate"))
                    .map(target -> target.resolveMember())
                    .flatMap(Optional::stream)
                    .map(JavaCodeUnit.class::cast)
                    .forEach(toRead::add);
        }
        return false;
    }

    private static boolean isOfTheMoment(JavaAccess<? extends CodeUnitCallTarget> call) {
        String owner = call.getTargetOwner().getName();
        return OF_THE_MOMENT.contains(owner)
                || SETTINGS.contains(owner + "." + call.getName())
                || owner.equals(Instant.class.getName()) && call.getName().equals("now");
    }

    private static List<String> initialisedAtRunTime() throws IOException {
        Properties settings = new Properties();
        try (InputStream file = NativeExecutableTest.class.getResourceAsStream("/application.properties")) {
            settings.load(file);
        }
        String option = "--initialize-at-run-time=";
        String arguments = settings.getProperty("quarkus.native.additional-build-args");
        String names = arguments.substring(arguments.indexOf(option) + option.length());
        return Arrays.asList(names.split("\\\\?,"));
    }
}
