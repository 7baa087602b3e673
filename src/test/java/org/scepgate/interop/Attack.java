package org.scepgate.interop;

import java.util.function.Function;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestMdm;

/**
 * What an attacker sends and what must come back.
 *
 * @param name says what is wrong with the message
 * @param message makes it, from a device and a challenge that are both good
 * @param expected the HTTP status, or the failInfo of a CertRep
 */
record Attack(String name, Function<Means, byte[]> message, Expected expected) {

    static Attack malformed(String name, Function<Means, byte[]> message) {
        return new Attack(name, message, new Expected(400, null));
    }

    static Attack badAlg(String name, Function<Means, byte[]> message) {
        return new Attack(name, message, new Expected(200, "0"));
    }

    static Attack badMessageCheck(String name, Function<Means, byte[]> message) {
        return new Attack(name, message, new Expected(200, "1"));
    }

    static Attack badRequest(String name, Function<Means, byte[]> message) {
        return new Attack(name, message, new Expected(200, "2"));
    }

    static Attack badCertId(String name, Function<Means, byte[]> message) {
        return new Attack(name, message, new Expected(200, "4"));
    }

    @Override
    public String toString() {
        return name + ": " + expected;
    }

    record Expected(int status, String failInfo) {
        @Override
        public String toString() {
            return failInfo == null ? "HTTP " + status : "failInfo " + failInfo;
        }
    }

    /** A device with a challenge that would get it a certificate, if the message were in order. */
    record Means(TestDevice device, TestMdm.Challenge challenge) {
        static final String SUBJECT = "CN=attack.acme.example,O=Acme";

        TestCsr csr() {
            return device.csr(SUBJECT, challenge.secret());
        }
    }
}
