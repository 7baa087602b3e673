package org.scepgate.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** An empty database for {@code @WithTestResource}. */
public final class PostgresTestResource implements QuarkusTestResourceLifecycleManager {
    private TestPostgres postgres;

    @Override
    public Map<String, String> start() {
        postgres = TestPostgres.start();
        return postgres.create("test").settings();
    }

    @Override
    public void stop() {
        if (postgres != null) {
            postgres.close();
        }
    }
}
