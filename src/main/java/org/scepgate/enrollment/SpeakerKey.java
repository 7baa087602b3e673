package org.scepgate.enrollment;

import org.scepgate.ca.KeyOperations;
import org.scepgate.scep.RecipientOperations;

/** A key of the room {@code ca}, as the room {@code scep} wants it. */
record SpeakerKey(KeyOperations key) implements RecipientOperations {

    @Override
    public byte[] sign(String algorithm, byte[] content) {
        return key.sign(algorithm, content);
    }

    @Override
    public byte[] decrypt(byte[] block) {
        return key.decrypt(block);
    }
}
