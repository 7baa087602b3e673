package org.scepgate.device;

import java.util.Optional;
import org.scepgate.scep.RequestAlgorithms;

/**
 * One thing that a server may take or not.
 *
 * @param keyword the capability that announces it, if one does
 * @param weak whether a server of today should better not take it
 */
record Probe(String name, Optional<String> keyword, boolean weak, RequestAlgorithms algorithms, KeyType keyType) {}
