package org.scepgate.certificate;

import java.time.Duration;
import org.scepgate.ca.CaId;
import org.scepgate.ca.CaKeys;
import org.scepgate.ca.KeyCheck;

/**
 * One key of a CA, which answers for the certificates it signed.
 *
 * @param crlRefresh how old its CRL gets, if nothing is revoked
 * @param crlValidity how long a relying party may use one
 * @param ocspValidity likewise an OCSP response
 */
public record Authority(CaId id, CaKeys keys, Duration crlRefresh, Duration crlValidity, Duration ocspValidity) {

    /** Whether it may sign CRLs at all (section 4.2.1.3 of RFC 5280); without, it has none. */
    boolean signsCrls() {
        return KeyCheck.problemOfCrlSigner(keys.authority()).isEmpty();
    }
}
