package org.scepgate.certificate;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Some certificates, and where the next ones are. */
@Schema(description = "Some of the certificates that were asked for")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CertificatePage(
        List<CertificateView> items,

        @Schema(implementation = String.class, description = "Address of the next page; absent on the last one")
        URI next) {}
