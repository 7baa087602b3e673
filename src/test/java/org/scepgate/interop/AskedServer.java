package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.ServerSettings;
import org.scepgate.testing.TestAuthorizer;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestMdm;
import org.scepgate.testing.TestOperator;

/** A server whose profiles ask an endpoint before they issue. */
record AskedServer(Scepgate scepgate, TestAuthorizer authorizer, ServerProcess server) implements AutoCloseable {
    static final String PROFILE = "asked";
    static final String APPROVAL = "asked-approval";
    static final int LOCKED_AFTER = 3;

    static AskedServer start(Scepgate scepgate, Path folder, Map<String, String> more) {
        TestAuthorizer authorizer = new TestAuthorizer();
        Path trusted = authorizer.writeCertificate(folder.resolve("trusted.pem"));
        ServerProcess server = scepgate.startPeer(settings -> trusting(asking(settings, authorizer, more), trusted));
        return new AskedServer(scepgate, authorizer, server);
    }

    /** @param trusted what {@link TestAuthorizer#writeCertificate} wrote */
    static ServerSettings trusting(ServerSettings settings, Path trusted) {
        return settings.with(Map.of(
                "scepgate.outbound.trusted-certificates",
                trusted.toString(),
                "scepgate.outbound.allowed-networks",
                "127.0.0.0/8,::1"));
    }

    static ServerSettings asking(ServerSettings settings, TestAuthorizer authorizer, Map<String, String> more) {
        Map<String, String> asked = new TreeMap<>(Map.of(
                "ca",
                "test",
                "authorize.url",
                authorizer.url().toString(),
                "authorize.secret",
                TestAuthorizer.SECRET,
                "challenge.refusals-until-locked",
                String.valueOf(LOCKED_AFTER)));
        asked.putAll(more);
        Map<String, String> approval = new TreeMap<>(asked);
        approval.put("authenticate-by", "challenge,approval");
        return settings.profile(PROFILE, asked).profile(APPROVAL, approval);
    }

    TestMdm mdm() {
        return scepgate.mdm(server);
    }

    TestOperator operator() {
        return scepgate.operator(server);
    }

    TestDevice device() {
        return device(PROFILE);
    }

    TestDevice device(String profile) {
        return TestDevice.withRsaKey(server.endpoint(profile));
    }

    /** The latest event about this challenge. */
    JsonNode lastEvent(TestMdm.Challenge challenge) {
        JsonNode events = operator().json("/api/v1/audit?object=challenge/" + challenge.id() + "&limit=1");
        assertThat(events.get("items")).hasSize(1);
        return events.get("items").get(0);
    }

    @Override
    public void close() {
        server.close();
        authorizer.close();
    }
}
