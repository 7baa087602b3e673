package org.scepgate.enrollment;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** The one setting of the NDES adapter that concerns SCEP itself. */
@ConfigMapping(prefix = "scepgate.mdm.ndes")
public interface NdesPathConfig {
    /** The profile served at {@code /certsrv/mscep/mscep.dll}. */
    Optional<String> profile();
}
