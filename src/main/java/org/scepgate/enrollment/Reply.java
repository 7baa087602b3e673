package org.scepgate.enrollment;

/**
 * What a pkiMessage is answered with.
 *
 * @param certRep DER
 * @param isFailure whether its pkiStatus is FAILURE
 */
// The bytes go straight into the answer: nobody compares replies, and nobody changes the array.
record Reply(byte[] certRep, boolean isFailure) {
    static Reply granted(byte[] certRep) {
        return new Reply(certRep, false);
    }

    static Reply failure(byte[] certRep) {
        return new Reply(certRep, true);
    }
}
