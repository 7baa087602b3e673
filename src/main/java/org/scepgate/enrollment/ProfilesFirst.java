package org.scepgate.enrollment;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Singleton;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Has the profiles judged before Flyway touches the database: a start that fails must change nothing. */
@Singleton
class ProfilesFirst implements FlywayConfigurationCustomizer {

    ProfilesFirst(Profiles profiles) {
        // To need them is all: they are made, or stop the start, before Flyway is.
    }

    @Override
    public void customize(FluentConfiguration flyway) {}
}
