package org.scepgate.mdm.intune;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;
import org.jboss.logging.Logger;
import org.scepgate.challenge.Opinion;
import org.scepgate.challenge.OutsideAuthority;
import org.scepgate.challenge.PresentedRequest;
import org.scepgate.outbound.OutboundClient;
import org.scepgate.platform.CryptoPool;
import org.scepgate.policy.Authentication;

/** Has Intune judge requests, and tells it what became of them. */
@Singleton
class IntuneAuthority implements OutsideAuthority {
    static final String NAME = "intune";
    private static final Logger LOG = Logger.getLogger("org.scepgate.intune");

    private final IntuneConfig config;
    private final IntuneConnection.Parts parts;
    // Made while the profiles are, before anything is served.
    private volatile IntuneConnection connection;

    IntuneAuthority(
            IntuneConfig config, OutboundClient client, CryptoPool crypto, MeterRegistry registry, Clock clock) {
        this.config = config;
        this.parts = new IntuneConnection.Parts(client, crypto, new IntuneMetrics(registry), clock);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Authentication serves() {
        return Authentication.INTUNE;
    }

    @Override
    public synchronized void requireConfigured() {
        if (connection == null) {
            connection = IntuneConnection.of(config, parts);
        }
    }

    /** Empty if no profile asks Intune. */
    Optional<IntuneConnection> connection() {
        return Optional.ofNullable(connection);
    }

    @Override
    public Uni<Opinion> judge(PresentedRequest request) {
        IntuneConnection open = require();
        return open.gate().pass(() -> open.validation().validate(request)).map(IntuneAuthority::opinion);
    }

    private static Opinion opinion(ScepAnswer answer) {
        return answer.isSuccess() ? Opinion.yes() : Opinion.no(answer.shown());
    }

    @Override
    public Uni<Opinion> confirm(PresentedRequest request, X509CertificateHolder certificate) {
        return require()
                .validation()
                .notifySuccess(request, certificate)
                .map(IntuneAuthority::opinion)
                .onFailure()
                .recoverWithItem(IntuneAuthority::objection)
                .map(this::tolerated);
    }

    private static Opinion objection(Throwable failure) {
        LOG.warnf("intune.notification-failed %s", failure.getMessage());
        return Opinion.no(
                failure instanceof IntuneException known ? known.kind().tag() : "fault");
    }

    /** SCEPman has such a way out too, because calls of some tenants time out. */
    private Opinion tolerated(Opinion opinion) {
        if (opinion.isYes() || config.requireNotification()) {
            return opinion;
        }
        LOG.warnf(
                "intune.not-notified reason=%s: the device gets its certificate nevertheless",
                opinion.objection().orElseThrow());
        return Opinion.yes();
    }

    @Override
    public Uni<Void> reportFault(PresentedRequest request) {
        return require()
                .validation()
                .notifyFailure(request)
                .invoke(answer -> {
                    if (!answer.isSuccess()) {
                        LOG.warnf("intune.fault-not-reported reason=%s", answer.shown());
                    }
                })
                .onFailure()
                .invoke(failure -> LOG.warnf("intune.fault-not-reported %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private IntuneConnection require() {
        return connection().orElseThrow(() -> new IllegalStateException("no profile asks Intune"));
    }
}
