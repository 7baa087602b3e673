package org.scepgate.approval;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Some waiting requests, newest first, and where the older ones are. */
@Schema(description = "Requests that wait for approval, newest first")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HeldPage(
        List<HeldView> items,

        @Schema(implementation = String.class, description = "Address of the next page; absent on the last one")
        URI next) {}
