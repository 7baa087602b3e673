package org.scepgate.events;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Finds whose challenges and certificates are; the tables belong to rooms that this one must not import. */
@Singleton
class OwnerStore {
    private static final String OF_CHALLENGES = "select id, created_by, device_id from challenge where id = any ($1)";
    // While a certificate is in date, the challenge that it goes back to is kept.
    private static final String OF_CERTIFICATES = """
            select c.ca, c.serial, c.device_id, c.challenge_id, h.created_by
            from unnest($1::text[], $2::text[]) as asked(ca, serial)
            join certificate c on c.ca = asked.ca and c.serial = decode(asked.serial, 'hex')
            left join challenge h on h.id = coalesce(c.challenge_id, c.origin_challenge_id)
            """;

    /** The same events, with whose they are. */
    Uni<List<Event>> withOwners(SqlConnection connection, List<Event> events) {
        Map<String, Owner> owners = new HashMap<>();
        return challenges(connection, events, owners)
                .chain(() -> certificates(connection, events, owners))
                .map(found -> events.stream()
                        .map(event -> event.of(ownerOf(event, owners)))
                        .toList());
    }

    private static Owner ownerOf(Event event, Map<String, Owner> owners) {
        Owner byChallenge = event.challengeId() == null ? null : owners.get(event.challengeId());
        return Optional.ofNullable(byChallenge)
                .or(() -> Optional.ofNullable(owners.get(keyOf(event.ca(), event.serial()))))
                .orElse(Owner.NOBODY);
    }

    private static String keyOf(String ca, String serial) {
        return ca + "/" + serial;
    }

    private static Uni<Void> challenges(SqlConnection connection, List<Event> events, Map<String, Owner> owners) {
        UUID[] ids = events.stream()
                .map(Event::challengeId)
                .filter(Objects::nonNull)
                .distinct()
                .map(UUID::fromString)
                .toArray(UUID[]::new);
        if (ids.length == 0) {
            return Uni.createFrom().voidItem();
        }
        return connection
                .preparedQuery(OF_CHALLENGES)
                .execute(Tuple.tuple().addArrayOfUUID(ids))
                .invoke(rows -> rows.forEach(row -> {
                    String id = row.getUUID("id").toString();
                    owners.put(id, new Owner(row.getString("created_by"), row.getString("device_id"), id));
                }))
                .replaceWithVoid();
    }

    private static Uni<Void> certificates(SqlConnection connection, List<Event> events, Map<String, Owner> owners) {
        List<Event> asked = events.stream()
                .filter(event -> event.challengeId() == null && event.ca() != null && event.serial() != null)
                .toList();
        if (asked.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Tuple values = Tuple.tuple()
                .addArrayOfString(asked.stream().map(Event::ca).toArray(String[]::new))
                .addArrayOfString(asked.stream().map(Event::serial).toArray(String[]::new));
        return connection
                .preparedQuery(OF_CERTIFICATES)
                .execute(values)
                .invoke(rows -> rows.forEach(row -> owners.put(keyOf(row.getString("ca"), hex(row)), owner(row))))
                .replaceWithVoid();
    }

    private static Owner owner(Row row) {
        UUID challenge = row.getUUID("challenge_id");
        return new Owner(
                row.getString("created_by"),
                row.getString("device_id"),
                challenge == null ? null : challenge.toString());
    }

    private static String hex(Row row) {
        return HexFormat.of().formatHex(row.getBuffer("serial").getBytes());
    }
}
