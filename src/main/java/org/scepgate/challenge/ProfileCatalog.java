package org.scepgate.challenge;

import java.util.Optional;

/** The profiles that challenges can be made for. */
public interface ProfileCatalog {

    Optional<OfferedProfile> find(String name);
}
