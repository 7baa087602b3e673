package org.scepgate.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One packaged server with its database, CA and identity provider for all integration tests of a JVM. With
 * {@code -Dscepgate.replicas=3} three processes on one database serve it, behind a balancer.
 *
 * <p>A test class names this as its extension and takes it as a parameter.
 */
public final class Scepgate implements AutoCloseable {
    /** Names no legacy algorithm, as a new installation. */
    public static final String DEMO = "demo";
    /** As {@link #DEMO}, for challenges that are used at the wrong place. */
    public static final String OTHER = "other";
    /** Allows DES, DES3, SHA-1 and MD5. */
    public static final String LEGACY = "legacy";
    /** Allows signers with a throw-away key, as FleetDM's. */
    public static final String FLEET = "fleet";
    /** Renews in the last 30 days of a certificate only. */
    public static final String LATE_RENEWAL = "late-renewal";
    /** Renews for new keys only. */
    public static final String NEW_KEYS = "new-keys";
    /** Renews nothing. */
    public static final String NO_RENEWAL = "no-renewal";
    /** Answers GetCert and GetCRL. */
    public static final String QUERIES = "queries";
    /** Its CA talks SCEP itself, and answers GetCert and GetCRL too. */
    public static final String CA_ALONE = "ca-alone";
    /** As {@link #CA_ALONE}, but a person approves. */
    public static final String CA_ALONE_APPROVAL = "ca-alone-approval";
    /** Its CA is certified by a root, which it gives. */
    public static final String WITH_ROOT = "with-root";
    /** As {@link #WITH_ROOT}, but it keeps the root back and puts the CA first. */
    public static final String WITHOUT_ROOT = "without-root";
    /** Its CA, called {@code rolling}, is about to roll over. */
    public static final String ROLLOVER = "rollover";
    /** Its CA rolls over, and a person approves. */
    public static final String ROLLOVER_APPROVAL = "rollover-approval";

    /** Its CA, called {@code elliptic}, has an elliptic key. */
    public static final String ELLIPTIC = "elliptic";

    /** Takes requests without a challenge, and lets them wait for a person. */
    public static final String APPROVAL = "approval";
    /** As {@link #APPROVAL}, and lets one wait at a time. */
    public static final String NARROW = "narrow";
    /** Takes a challenge first, and then lets the request wait; with the old algorithms, for scepclient. */
    public static final String BOTH = "both";

    /** Has the webhook of {@link TestAdapters}. */
    public static final String JAMF = "jamf";
    /** As {@link #JAMF}, with the names that its webhook tells. */
    public static final String JAMF_EVENT = "jamf-event";
    /** Behind {@code /certsrv}. */
    public static final String NDES = "ndes";
    /** Takes a static challenge. */
    public static final String GEAR = "gear";

    private static final int REPLICAS = Integer.getInteger("scepgate.replicas", 1);

    private final TestPostgres postgres;
    private final TestPostgres.Database database;
    private final TestIdentityProvider identities = new TestIdentityProvider();
    private final TestCa ca;
    private final TestCa caAlone;
    private final TestCa intermediate;
    private final TestCa rolling;
    private final TestCa rollingNext;
    private final TestCa elliptic;
    private final ServerSettings settings;
    private final Optional<RoundRobin> balancer;
    /** The first is the one that tests speak to; behind a balancer, all are. */
    private final List<ServerProcess> servers;

    private Scepgate(Path folder, Map<String, String> environment) {
        this.postgres = TestPostgres.start();
        this.database = postgres.create("integration");
        this.ca = TestCa.in(folder, "Scepgate Test CA");
        this.caAlone = TestCa.speaking(folder.resolve("alone"), "Scepgate Lone CA");
        TestCa root = TestCa.in(folder.resolve("root"), "Scepgate Test Root");
        this.rolling = TestCa.in(folder.resolve("rolling"), "Scepgate Rolling CA");
        this.rollingNext = TestCa.elliptic(folder.resolve("rolling-next"), "Scepgate Rolling CA G2");
        this.elliptic = TestCa.elliptic(folder.resolve("elliptic"), "Scepgate Elliptic CA");
        this.intermediate = TestCa.under(root, folder.resolve("intermediate"), "Scepgate Issuing CA");
        this.settings = ServerSettings.of(database)
                .with(identities.settings(folder))
                .ca("test", ca)
                .ocsp("test", ca)
                .ca("elliptic", elliptic)
                .ocsp("elliptic", elliptic)
                .profile(ELLIPTIC, Map.of("ca", "elliptic"))
                .profile(DEMO, Map.of("ca", "test"))
                .profile(OTHER, Map.of("ca", "test"))
                .profile(LEGACY, Map.of("ca", "test", "legacy-algorithms", "DES,DES3,SHA-1,MD5"))
                .profile(FLEET, Map.of("ca", "test", "ephemeral-signer", "true"))
                .profile(LATE_RENEWAL, Map.of("ca", "test", "renewal.window", "P30D"))
                .profile(NEW_KEYS, Map.of("ca", "test", "renewal.same-key", "false"))
                .profile(NO_RENEWAL, Map.of("ca", "test", "renewal.enabled", "false"))
                .profile(QUERIES, Map.of("ca", "test", "get-cert", "true", "get-crl", "true"))
                .caAlone("alone", caAlone)
                .profile(
                        CA_ALONE,
                        Map.of("ca", "alone", "ca-certificates.layout", "ca", "get-cert", "true", "get-crl", "true"))
                .profile(
                        CA_ALONE_APPROVAL,
                        Map.of("ca", "alone", "ca-certificates.layout", "ca", "authenticate-by", "approval"))
                .ca("rolling", rolling)
                .ocsp("rolling", rolling)
                .nextCa("rolling", rollingNext)
                .profile(ROLLOVER, Map.of("ca", "rolling", "get-crl", "true"))
                .profile(ROLLOVER_APPROVAL, Map.of("ca", "rolling", "authenticate-by", "approval"))
                .ca("intermediate", intermediate)
                .profile(WITH_ROOT, Map.of("ca", "intermediate"))
                .profile(
                        WITHOUT_ROOT,
                        Map.of(
                                "ca",
                                "intermediate",
                                "ca-certificates.include-root",
                                "false",
                                "ca-certificates.order",
                                "ca-first"))
                .profile(APPROVAL, Map.of("ca", "test", "authenticate-by", "approval"))
                .profile(NARROW, Map.of("ca", "test", "authenticate-by", "approval", "approval.max-pending", "1"))
                .profile(
                        BOTH,
                        Map.of(
                                "ca", "test",
                                "authenticate-by", "challenge,approval",
                                "legacy-algorithms", "DES,SHA-1"))
                .with(TestAdapters.settings())
                .with("scepgate.default-profile", DEMO);
        this.balancer = REPLICAS > 1 ? Optional.of(RoundRobin.start()) : Optional.empty();
        this.servers = balancer.map(front -> ServerProcess.startBehind(front, settings, REPLICAS))
                .orElseGet(() -> List.of(ServerProcess.start(settings, environment)));
    }

    public static Scepgate start() {
        return start(Map.of());
    }

    /** As {@link #start()}, with more in the environment of the server. */
    public static Scepgate start(Map<String, String> environment) {
        try {
            return new Scepgate(Files.createTempDirectory("scepgate-it"), environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ServerSettings settings() {
        return settings;
    }

    public ServerProcess server() {
        return servers.get(0);
    }

    /** All processes that serve what {@link #server()} is asked. */
    public List<ServerProcess> servers() {
        return servers;
    }

    /** Starts another process on the same database, with the same keys. */
    public ServerProcess startPeer() {
        return ServerProcess.start(settings);
    }

    /** Starts another process on the same database, with other settings. */
    public ServerProcess startPeer(UnaryOperator<ServerSettings> change) {
        return startPeer(change, Map.of());
    }

    /** Likewise, with more in its environment. */
    public ServerProcess startPeer(UnaryOperator<ServerSettings> change, Map<String, String> environment) {
        return ServerProcess.start(change.apply(settings), environment);
    }

    /** Starts several processes on the same database behind a balancer. */
    public List<ServerProcess> startPeersBehind(RoundRobin front, UnaryOperator<ServerSettings> change, int replicas) {
        return ServerProcess.startBehind(front, change.apply(settings), replicas);
    }

    /** An empty database beside that of the server. */
    public TestPostgres.Database createDatabase(String name) {
        return postgres.create(name);
    }

    public TestPostgres.Database database() {
        return database;
    }

    public TestCa ca() {
        return ca;
    }

    /** The CA of {@link #CA_ALONE}. */
    public TestCa caAlone() {
        return caAlone;
    }

    /** The CA of {@link #WITH_ROOT} and {@link #WITHOUT_ROOT}. */
    public TestCa intermediate() {
        return intermediate;
    }

    /** The CA of {@link #ROLLOVER} today. */
    public TestCa rolling() {
        return rolling;
    }

    /** The CA of {@link #ELLIPTIC}. */
    public TestCa elliptic() {
        return elliptic;
    }

    /** What the CA of {@link #ROLLOVER} rolls over to. */
    public TestCa rollingNext() {
        return rollingNext;
    }

    public TestMdm mdm() {
        return mdm(server());
    }

    public TestMdm mdm(ServerProcess peer) {
        return new TestMdm(peer.url(), identities.token("challenge-issuer", "auditor", "operator"));
    }

    public TestOperator operator() {
        return operator(server());
    }

    public TestOperator operator(ServerProcess peer) {
        return new TestOperator(peer.url(), identities.token("operator"));
    }

    public TestIdentityProvider identities() {
        return identities;
    }

    public ScepEndpoint endpoint(String profile) {
        return server().endpoint(profile);
    }

    @Override
    public void close() {
        stopServers();
        postgres.close();
    }

    /** Ends a run of tests; fails where anything that was issued in it is faulty, or a secret was written down. */
    private void judgeAndClose() {
        stopServers();
        try {
            Soak.report("R10 lint of all that the run issued: %s", SuiteLint.of(database));
            Soak.report("R16 secrets in log and database of the run: %s", SuiteSecrets.of(this));
        } finally {
            postgres.close();
        }
    }

    private void stopServers() {
        servers.forEach(ServerProcess::close);
        balancer.ifPresent(RoundRobin::close);
    }

    /**
     * Gives every test class of the JVM the same server; one that does not start is not tried again. It lasts for as long
     * as the launcher: where there are several JVMs, each class is a run of its own.
     */
    public static final class Extension implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Scepgate.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getStore(ExtensionContext.StoreScope.LAUNCHER_SESSION, ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent(Start.class, key -> Start.attempt(), Start.class)
                    .result();
        }
    }

    private record Start(Scepgate started, RuntimeException failure) implements AutoCloseable {
        static Start attempt() {
            try {
                return new Start(start(), null);
            } catch (RuntimeException e) {
                return new Start(null, e);
            }
        }

        Scepgate result() {
            if (failure != null) {
                throw failure;
            }
            return started;
        }

        @Override
        public void close() {
            if (started != null) {
                started.judgeAndClose();
            }
        }
    }
}
