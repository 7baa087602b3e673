package org.scepgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlsTest {
    @AfterEach
    void forget() {
        System.clearProperty(DatabaseUrls.JDBC);
        System.clearProperty(DatabaseUrls.REACTIVE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql://db:5432/scepgate", "vertx-reactive:postgresql://db:5432/scepgate"})
    void derivesTheJdbcUrl(String reactive) {
        DatabaseUrls urls = new DatabaseUrls(Optional.of(reactive), Optional.empty());

        urls.complete();

        assertThat(urls.problem()).isEmpty();
        assertThat(System.getProperty(DatabaseUrls.JDBC)).isEqualTo("jdbc:postgresql://db:5432/scepgate");
    }

    @Test
    void derivesTheReactiveUrl() {
        DatabaseUrls urls = new DatabaseUrls(Optional.empty(), Optional.of("jdbc:postgresql://db:5432/scepgate"));

        urls.complete();

        assertThat(urls.problem()).isEmpty();
        assertThat(System.getProperty(DatabaseUrls.REACTIVE)).isEqualTo("postgresql://db:5432/scepgate");
    }

    @Test
    void leavesTwoUrlsAsTheyAre() {
        DatabaseUrls urls = new DatabaseUrls(
                Optional.of("postgresql://db/scepgate?search_path=scep"),
                Optional.of("jdbc:postgresql://db/scepgate?currentSchema=scep"));

        urls.complete();

        assertThat(urls.problem()).isEmpty();
        assertThat(System.getProperty(DatabaseUrls.JDBC)).isNull();
        assertThat(System.getProperty(DatabaseUrls.REACTIVE)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://user:secret@db/scepgate",
                "postgresql://db1:5432,db2:5432/scepgate",
                "postgresql://db/scepgate?sslmode=require"
            })
    void derivesNothingFromWhatIsWrittenDifferently(String reactive) {
        DatabaseUrls urls = new DatabaseUrls(Optional.of(reactive), Optional.empty());

        assertThat(urls.problem())
                .hasValueSatisfying(problem -> assertThat(problem)
                        .startsWith(DatabaseUrls.JDBC + " is not set: ")
                        .doesNotContain("secret"));
    }
}
