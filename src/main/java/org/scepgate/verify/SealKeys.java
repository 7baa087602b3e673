package org.scepgate.verify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.scepgate.seal.Seal;
import org.scepgate.seal.SealKey;

/**
 * The keys that seals were made with, the present one and those before it.
 *
 * @param unkeyedUntil the last seal from before there was a key
 */
record SealKeys(List<SealKey> keys, long unkeyedUntil) {
    static SealKeys in(List<Path> files, long unkeyedUntil) throws CannotVerifyException {
        List<SealKey> keys = new ArrayList<>();
        for (Path file : files) {
            keys.add(keyIn(file));
        }
        return new SealKeys(keys, unkeyedUntil);
    }

    private static SealKey keyIn(Path file) throws CannotVerifyException {
        try {
            return SealKey.of(DatabaseOptions.contentOf(file));
        } catch (IllegalArgumentException tooShort) {
            throw new CannotVerifyException(file + " is no key: it " + tooShort.getMessage());
        }
    }

    /** Says what is wrong with the hash of a seal; null if nothing is. */
    String problemOf(Seal seal) throws CannotVerifyException {
        if (!seal.keyed()) {
            boolean expected = keys.isEmpty() || seal.number() <= unkeyedUntil;
            if (!expected) {
                return "was made without the key: anybody could have made it";
            }
            return seal.isMadeWith(SealKey.NONE) ? null : "was changed: its hash is not that of what it says";
        }
        if (keys.isEmpty()) {
            throw new CannotVerifyException("the seals are made with a key: give it by --seal-key-file");
        }
        boolean right = keys.stream().anyMatch(seal::isMadeWith);
        return right ? null : "was changed, or made with another key";
    }
}
