package org.scepgate;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.scepgate.certificate.CaCertificateResource;
import org.scepgate.certificate.OcspResource;
import org.scepgate.events.EventStreamResource;
import org.scepgate.platform.AnsweredInTime;
import org.scepgate.policy.CertificateTemplate;

/** The table of rooms in docs/architecture.md, as code. */
class ArchitectureTest {
    private static final JavaClasses HOUSE =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("org.scepgate");

    /** Room -> the other rooms it may import. */
    private static final Map<String, List<String>> ROOMS = Map.ofEntries(
            Map.entry("scep", List.of()),
            Map.entry("policy", List.of()),
            Map.entry("platform", List.of()),
            Map.entry("seal", List.of()),
            Map.entry("outbound", List.of("platform")),
            Map.entry("authorization", List.of("policy", "outbound", "platform")),
            Map.entry("audit", List.of("seal", "platform")),
            Map.entry("events", List.of("audit", "outbound", "platform")),
            Map.entry("verify", List.of("seal")),
            Map.entry("ca", List.of("policy", "platform")),
            Map.entry("certificate", List.of("policy", "ca", "audit", "platform")),
            Map.entry("payload", List.of("policy", "platform")),
            Map.entry("idempotency", List.of("platform")),
            Map.entry("challenge", List.of("policy", "audit", "payload", "idempotency", "platform")),
            Map.entry("approval", List.of("policy", "audit", "platform")),
            Map.entry(
                    "enrollment",
                    List.of(
                            "scep",
                            "policy",
                            "platform",
                            "audit",
                            "ca",
                            "challenge",
                            "approval",
                            "certificate",
                            "authorization")),
            Map.entry("mdm", List.of("challenge", "policy", "audit", "outbound", "platform")),
            Map.entry("retention", List.of("platform")),
            Map.entry("device", List.of("scep", "platform")),
            Map.entry("setup", List.of("ca", "enrollment", "platform")),
            Map.entry("dev", List.of("platform", "ca", "policy", "challenge", "enrollment")));

    @TestFactory
    List<DynamicTest> everyRoomImportsOnlyWhatItMay() {
        return ROOMS.keySet().stream()
                .sorted()
                .map(room -> DynamicTest.dynamicTest(room, () -> importsOnlyWhatItMay(room)))
                .toList();
    }

    private static void importsOnlyWhatItMay(String room) {
        Set<String> forbidden = new TreeSet<>(ROOMS.keySet());
        forbidden.remove(room);
        forbidden.removeAll(ROOMS.get(room));
        String[] packages = forbidden.stream().map(ArchitectureTest::packageOf).toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(packageOf(room))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages)
                .check(HOUSE);
    }

    @Test
    void everyPackageIsARoom() {
        Set<String> packages = new TreeSet<>();
        HOUSE.forEach(type -> packages.add(type.getPackageName()));

        assertThat(packages)
                .allSatisfy(name -> assertThat(name)
                        .satisfiesAnyOf(
                                root -> assertThat(root).isEqualTo("org.scepgate"),
                                // An adapter is a package within its room.
                                room -> assertThat(ROOMS).containsKey(room.split("\\.")[2])));
    }

    @Test
    void pureRoomsUseNothingButJavaAndBouncyCastleAndRegularExpressions() {
        DescribedPredicate<JavaClass> allowed = resideInAnyPackage(
                "java..", "javax.crypto..", "javax.security..", "org.bouncycastle..", "com.google.re2j..");
        classes()
                .that()
                .resideInAnyPackage(packageOf("scep"), packageOf("policy"), packageOf("seal"))
                .should()
                .onlyDependOnClassesThat(
                        allowed.or(resideInAnyPackage(packageOf("scep"), packageOf("policy"), packageOf("seal"))))
                .check(HOUSE);
    }

    @Test
    void onlyThePolicyMakesACertificateTemplate() {
        constructors()
                .that()
                .areDeclaredIn(CertificateTemplate.class)
                .should()
                .bePackagePrivate()
                .check(HOUSE);
    }

    @Test
    void nobodyReachesIntoTheDevelopmentRoom() {
        noClasses()
                .that()
                .resideOutsideOfPackage(packageOf("dev"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(packageOf("dev"))
                .check(HOUSE);
    }

    @Test
    void commandsStartWithoutTheServer() {
        noClasses()
                .that()
                .resideInAnyPackage(packageOf("device"), packageOf("verify"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus..", "io.vertx..", "io.smallrye..", "jakarta..", "org.hibernate..")
                .check(HOUSE);
    }

    /**
     * All but what asks no database, events, which have no end, and OCSP, which has a word of its own for it. Of the others
     * too a stream, as that of the audit log, takes as long as it takes.
     */
    @Test
    void resourcesAnswerInTime() {
        classes()
                .that()
                .areAnnotatedWith(Path.class)
                .and()
                .resideOutsideOfPackage(packageOf("dev"))
                .and()
                .doNotBelongToAnyOf(CaCertificateResource.class, EventStreamResource.class, OcspResource.class)
                .should()
                .beAnnotatedWith(AnsweredInTime.class)
                .check(HOUSE);
    }

    private static String packageOf(String room) {
        return "org.scepgate." + room + "..";
    }
}
