package org.scepgate.mdm.intune;

import java.time.Clock;
import org.scepgate.outbound.OutboundClient;
import org.scepgate.platform.CryptoPool;

/** The ways to Intune's services, with the tokens and addresses that they share. */
record IntuneConnection(ScepValidation validation, RevocationOrders revocations, Gate gate, IntuneMetrics metrics) {

    /** What a connection is made with. */
    record Parts(OutboundClient client, CryptoPool crypto, IntuneMetrics metrics, Clock clock) {}

    static IntuneConnection of(IntuneConfig config, Parts parts) {
        IntuneSettings settings = IntuneSettings.of(config, parts.client());
        EntraTokens.EntraApp app = new EntraTokens.EntraApp(settings, EntraCredential.of(settings, parts.crypto()));
        MicrosoftHttp http = new MicrosoftHttp(parts.client(), parts.metrics(), parts.clock());
        EntraTokens graph = new EntraTokens(app, http, parts.clock(), config.graphScope());
        EntraTokens intune = new EntraTokens(app, http, parts.clock(), config.intuneScope());
        ServiceDirectory services = new ServiceDirectory(settings, graph, http, parts.client());
        MicrosoftCalls calls = new MicrosoftCalls(settings, intune, services, http);
        Gate gate = new Gate("Intune", config, parts.clock());
        parts.metrics().watch(gate);
        return new IntuneConnection(
                new ScepValidation(calls, config.callerInfo()), new RevocationOrders(calls), gate, parts.metrics());
    }
}
