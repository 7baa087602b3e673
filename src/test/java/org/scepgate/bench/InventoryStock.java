package org.scepgate.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.TestDevice;

/** Certificates that nobody enrolled, of the last 400 days: one in twenty is revoked; of each filling a hundred are of
 * the profile "few". */
final class InventoryStock {
    private static final String SUBJECT = "CN=model,O=Acme";
    private static final String INSERT = """
            insert into certificate (id, ca, ca_key_sha256, serial, profile, device_id, subject, subject_alt_names,
                spki_sha256, request_sha256, not_before, not_after, der, issued_at, revoked_at, revocation_reason)
            select time_ordered_id(at), 'test', '%1$s', decode('7f' || lpad(to_hex(i), 30, '0'), 'hex'),
                   case when i %% (%4$d / 100) = 0 then 'few' else 'demo' end,
                   'stock-' || i, 'CN=stock-' || i || ',O=Acme', 'dns:stock-' || i || '.acme.example',
                   repeat('5', 64), repeat('0', 64), at, at + interval '365 days', decode('%2$s', 'hex'), at,
                   case when i %% 20 = 0 then at end, case when i %% 20 = 0 then 1 end
            from (select i, now() - i * interval '400 days' / %4$d as at
                  from generate_series(%4$d, %3$d, -1) as i) as stock
            """;
    private static final String NAMES = """
            insert into certificate_name (name, certificate_id)
            select lower('s:' || subject), id from certificate c where subject like 'CN=stock-%'
                and not exists (select from certificate_name n where n.certificate_id = c.id)
            union all
            select 'a:' || substr(subject_alt_names, 5), id from certificate c where subject like 'CN=stock-%'
                and not exists (select from certificate_name n where n.certificate_id = c.id)
            """;

    private final Scepgate scepgate;

    /** What their DER is. */
    private final X509CertificateHolder model;

    InventoryStock(Scepgate scepgate) {
        this.scepgate = scepgate;
        TestDevice device = TestDevice.withRsaKey(scepgate.endpoint(Scepgate.DEMO));
        String secret = scepgate.mdm().challenge(Scepgate.DEMO, SUBJECT).secret();
        this.model = device.send(device.request(device.csr(SUBJECT, secret))).issued(device.signer());
    }

    /** Adds those with these numbers. */
    void fill(int first, int last) throws SQLException, IOException {
        String url = "select ca_key_sha256 from certificate where ca_key_sha256 is not null and ca = 'test' limit 1";
        try (Connection connection = scepgate.database().connect();
                Statement statement = connection.createStatement()) {
            ResultSet key = statement.executeQuery(url);
            key.next();
            String der = HexFormat.of().formatHex(model.getEncoded());
            String insert = INSERT.formatted(key.getString(1), der, first, last);
            statement.execute("alter table certificate disable trigger certificate_is_found");
            statement.execute(insert);
            statement.execute("alter table certificate enable trigger certificate_is_found");
            statement.execute(NAMES);
            statement.execute("vacuum analyze certificate");
            statement.execute("vacuum analyze certificate_name");
        }
    }
}
