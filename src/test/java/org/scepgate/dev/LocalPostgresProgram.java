package org.scepgate.dev;

import java.nio.file.Path;

/** A JVM to be killed: holds a PostgreSQL until its standard input ends. */
final class LocalPostgresProgram {
    private LocalPostgresProgram() {}

    public static void main(String[] arguments) throws Exception {
        try (LocalPostgres postgres = LocalPostgres.start(Path.of(arguments[0]), Path.of(arguments[1]))) {
            System.out.println(postgres.jdbcUrl());
            System.in.transferTo(System.out);
        }
    }
}
