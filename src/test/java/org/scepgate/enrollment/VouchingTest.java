package org.scepgate.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.pgclient.PgException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.scepgate.platform.UnavailableException;

class VouchingTest {

    @Test
    void knowsTheFaultsThatADeviceComesBackAfter() {
        assertThat(Vouching.passes(new UnavailableException("full", 1))).isTrue();
        assertThat(Vouching.passes(new IllegalStateException(new PgException("too long", "ERROR", "57014", ""))))
                .isTrue();

        assertThat(Vouching.passes(new IllegalStateException("a bug"))).isFalse();
        assertThat(Vouching.passes(new IOException("a token is gone"))).isFalse();
    }
}
