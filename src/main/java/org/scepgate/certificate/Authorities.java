package org.scepgate.certificate;

import java.util.List;
import java.util.Optional;
import org.scepgate.ca.CaId;

/** Port: the CAs that are served, every key of each, of one CA the current key first. */
public interface Authorities {

    List<Authority> all();

    /** The keys of the CA of this name, the current one first. */
    default List<Authority> named(String ca) {
        return all().stream()
                .filter(authority -> authority.id().name().equals(ca))
                .toList();
    }

    default Optional<Authority> find(CaId id) {
        return all().stream().filter(authority -> authority.id().equals(id)).findFirst();
    }

    /** @param publicName a CA's name, which means its current key, or {@link CaId#publicName()} */
    default Optional<Authority> find(String publicName) {
        return all().stream()
                .filter(authority -> authority.id().publicName().equals(publicName))
                .findFirst()
                .or(() -> named(publicName).stream().findFirst());
    }
}
