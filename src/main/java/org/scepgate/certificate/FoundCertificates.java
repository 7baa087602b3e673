package org.scepgate.certificate;

import java.util.List;
import java.util.Optional;

/**
 * A page of certificates.
 *
 * @param next where the page ended, if there may be more: the search stops at some point, so it may hold few or none
 */
record FoundCertificates(List<CertificateView> certificates, Optional<InventoryPosition> next) {}
