package org.scepgate.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.CompositeException;
import io.vertx.pgclient.PgException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLHandshakeException;
import org.hibernate.HibernateException;
import org.junit.jupiter.api.Test;

class DatabaseOutageTest {

    @Test
    void isSeenBehindTheWrappingOfHibernate() {
        assertThat(isOutage(new HibernateException("x", new CompletionException(new ConnectException()))))
                .isTrue();
        assertThat(isOutage(new HibernateException("x", postgres("57P01")))).isTrue();
        assertThat(isOutage(postgres("08006"))).isTrue();
        // A password that was changed, and a certificate of PostgreSQL's that has ended.
        assertThat(isOutage(postgres("28P01"))).isTrue();
        assertThat(isOutage(new SSLHandshakeException("expired"))).isTrue();
        assertThat(isOutage(postgres("57014"))).isTrue();
        assertThat(isOutage(postgres("53100"))).isTrue();
        assertThat(isOutage(postgres("25006"))).isTrue();
        assertThat(isOutage(new HibernateException("x", new SQLException("canceled", "57014"))))
                .isTrue();
        assertThat(isOutage(new RuntimeException("Timeout waiting for connection")))
                .isTrue();
        // Where a transaction ends whose connection is gone, Hibernate Reactive complains of it too.
        assertThat(isOutage(new CompositeException(
                        new RuntimeException("Connection is not active now, current status: CLOSED"),
                        new IllegalStateException("HR000090: Live transaction detected"))))
                .isTrue();
    }

    @Test
    void isNotAMistakeOfOurOwn() {
        assertThat(isOutage(postgres("23505"))).isFalse();
        assertThat(isOutage(new SQLException("duplicate", "23505"))).isFalse();
        assertThat(isOutage(new IllegalStateException("a stored binding cannot be read")))
                .isFalse();
    }

    private static boolean isOutage(Throwable failure) {
        return DatabaseOutage.isBehind(failure);
    }

    private static PgException postgres(String state) {
        return new PgException("message", "FATAL", state, "detail");
    }
}
