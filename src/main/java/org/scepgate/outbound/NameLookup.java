package org.scepgate.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a name; may block. */
@FunctionalInterface
interface NameLookup {
    NameLookup SYSTEM = name -> List.of(InetAddress.getAllByName(name));

    /** At least one. */
    List<InetAddress> addressesOf(String name) throws UnknownHostException;
}
