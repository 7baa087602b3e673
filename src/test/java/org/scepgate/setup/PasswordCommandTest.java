package org.scepgate.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.scepgate.platform.PasswordHash;

class PasswordCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void printsTheHashOfWhatItReads() {
        int exit = run("a-password-of-some-length\r\nanother line\n");

        assertThat(exit).isZero();
        assertThat(PasswordHash.parse(out.toString().strip()).isOf("a-password-of-some-length"))
                .isTrue();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void warnsOfAShortOneWithoutShowingIt() {
        int exit = run("short\n");

        assertThat(exit).isZero();
        assertThat(err.toString()).contains("that is short");
    }

    @Test
    void failsWithoutASecret() {
        assertThat(run("")).isEqualTo(1);
        assertThat(run("\n")).isEqualTo(1);
        assertThat(err.toString()).contains("no secret came");
    }

    @Test
    void takesNoSecretFromTheCommandLine() {
        int exit = run("", "a-password-of-some-length");

        assertThat(exit).isEqualTo(2);
        assertThat(err.toString()).contains("try: hash-password --help");
    }

    private int run(String input, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "hash-password";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return PasswordCommand.run(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                all);
    }
}
