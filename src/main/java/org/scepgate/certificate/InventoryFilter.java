package org.scepgate.certificate;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which certificates to list.
 *
 * @param names at most two; those that are whole come first
 */
record InventoryFilter(
        Optional<String> serial,
        List<InventoryName> names,
        Optional<String> deviceId,
        Optional<String> profile,
        Optional<String> ca,
        Optional<CertificateState> state,
        Optional<Instant> expiresAfter,
        Optional<Instant> expiresBefore) {

    // RFC 5280 section 4.1.2.5: the last end there is belongs to the year 9999.
    private static final Instant BEFORE_ALL = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant AFTER_ALL = Instant.parse("+10000-01-01T00:00:00Z");

    static InventoryFilter bySerial(String serial, Optional<String> ca) {
        return new InventoryFilter(
                Optional.of(serial),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                ca,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Whose index leaves least to look at. */
    InventoryStatement statement() {
        if (serial.isPresent()) {
            return InventoryStatement.BY_SERIAL;
        }
        if (deviceId.isPresent()) {
            return InventoryStatement.BY_DEVICE;
        }
        if (!names.isEmpty()) {
            return InventoryStatement.BY_NAME;
        }
        return state.map(InventoryFilter::statement).orElseGet(this::withoutState);
    }

    private static InventoryStatement statement(CertificateState state) {
        return switch (state) {
            case REVOKED -> InventoryStatement.REVOKED;
            case ON_HOLD -> InventoryStatement.ON_HOLD;
            case VALID, EXPIRED -> InventoryStatement.BY_END;
        };
    }

    private InventoryStatement withoutState() {
        if (expiresAfter.isPresent() || expiresBefore.isPresent()) {
            return InventoryStatement.BY_END;
        }
        return profile.isPresent() || ca.isPresent() ? InventoryStatement.BY_PROFILE : InventoryStatement.ALL;
    }

    /** The earliest end. */
    Instant from(Instant now) {
        Instant wanted = expiresAfter.orElse(BEFORE_ALL);
        return state.equals(Optional.of(CertificateState.VALID)) && wanted.isBefore(now) ? now : wanted;
    }

    /** The first end that is too late. */
    Instant to(Instant now) {
        Instant wanted = expiresBefore.orElse(AFTER_ALL);
        return state.equals(Optional.of(CertificateState.EXPIRED)) && wanted.isAfter(now) ? now : wanted;
    }
}
