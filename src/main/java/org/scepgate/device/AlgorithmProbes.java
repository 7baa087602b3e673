package org.scepgate.device;

import java.security.KeyPair;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.scepgate.scep.ContentCipher;
import org.scepgate.scep.DeviceKey;
import org.scepgate.scep.DigestAlgorithm;
import org.scepgate.scep.FailInfo;
import org.scepgate.scep.KeyTransport;
import org.scepgate.scep.PkiRequest;
import org.scepgate.scep.RequestAlgorithms;

/**
 * Finds out which algorithms a server really takes: by requests with a challenge that nobody gave out, which one who
 * knows the algorithm refuses for another reason than badAlg.
 */
final class AlgorithmProbes {
    private static final String ABOUT = "Algorithms";
    private static final RequestAlgorithms USUAL =
            new RequestAlgorithms(DigestAlgorithm.SHA_256, ContentCipher.AES_128, KeyTransport.PKCS1);

    private final ScepServer server;
    private final Diagnosis diagnosis;
    private final Map<KeyType, KeyPair> keys = new EnumMap<>(KeyType.class);
    private final RequestedNames names;
    private final String noChallenge;

    AlgorithmProbes(ScepServer server, Diagnosis diagnosis) throws CommandException {
        this.server = server;
        this.diagnosis = diagnosis;
        this.names = RequestedNames.parse("CN=scepgate doctor,OU=no device", List.of());
        this.noChallenge = "doctor-" + PkiSession.newTransaction();
    }

    static int count() {
        return all().size();
    }

    void run() throws CommandException {
        for (Probe probe : all()) {
            judge(probe, tell(probe));
        }
    }

    private static List<Probe> all() {
        Stream<Probe> digests = Stream.of(DigestAlgorithm.values())
                .map(digest -> probe(
                        "digest " + digest.text(),
                        Optional.of(digest.text()).filter(name -> digest != DigestAlgorithm.MD5),
                        digest == DigestAlgorithm.MD5 || digest == DigestAlgorithm.SHA_1,
                        USUAL.withDigest(digest)));
        Stream<Probe> others = Stream.of(
                probe("cipher AES-128", Optional.of("AES"), false, USUAL),
                probe("cipher AES-192", Optional.empty(), false, USUAL.withCipher(ContentCipher.AES_192)),
                probe("cipher AES-256", Optional.empty(), false, USUAL.withCipher(ContentCipher.AES_256)),
                probe("cipher triple DES", Optional.of("DES3"), true, USUAL.withCipher(ContentCipher.DES3)),
                probe("cipher DES", Optional.empty(), true, USUAL.withCipher(ContentCipher.DES)),
                probe("key transport RSA PKCS#1", Optional.empty(), false, USUAL),
                probe(
                        "key transport RSAES-OAEP, as Windows sends it",
                        Optional.empty(),
                        false,
                        USUAL.withKeyTransport(KeyTransport.OAEP_SHA_1)),
                probe(
                        "key transport RSAES-OAEP with SHA-256",
                        Optional.empty(),
                        false,
                        USUAL.withKeyTransport(KeyTransport.OAEP_SHA_256)),
                new Probe("a device key on P-256", Optional.empty(), false, USUAL, KeyType.EC256),
                new Probe("a device key on P-384", Optional.empty(), false, USUAL, KeyType.EC384));
        return Stream.concat(digests, others).toList();
    }

    private static Probe probe(String name, Optional<String> keyword, boolean weak, RequestAlgorithms algorithms) {
        return new Probe(name, keyword, weak, algorithms, KeyType.RSA2048);
    }

    /** How a server met a probe. */
    private enum Reaction {
        TAKEN,
        BAD_ALG,
        GAVE_A_CERTIFICATE,
        HELD,
        NO_ANSWER
    }

    private Reaction tell(Probe probe) throws CommandException {
        KeyPair pair = keys.computeIfAbsent(probe.keyType(), KeyType::generate);
        DeviceKey signer = new DeviceKey(pair.getPrivate(), names.selfSigned(pair));
        PkiSession session = PkiSession.open(server, signer, probe.algorithms(), Optional.of(noChallenge));
        PkiRequest request =
                session.requests().pkcsReq(names.csr(pair, Optional.of(noChallenge)), PkiSession.newTransaction());
        try {
            return session.read(session.send(request), request)
                    .fold(
                            success -> Reaction.GAVE_A_CERTIFICATE,
                            pending -> Reaction.HELD,
                            failure -> failure.failInfo() == FailInfo.BAD_ALG ? Reaction.BAD_ALG : Reaction.TAKEN);
        } catch (CommandException e) {
            return Reaction.NO_ANSWER;
        }
    }

    private void judge(Probe probe, Reaction reaction) {
        switch (reaction) {
            case GAVE_A_CERTIFICATE ->
                diagnosis.problem(
                        ABOUT, probe.name() + ": THE SERVER GAVE A CERTIFICATE FOR A CHALLENGE THAT NOBODY HAS");
            case NO_ANSWER -> judgeSilence(probe);
            case HELD -> {
                diagnosis.note(ABOUT, probe.name() + ": the request waits for approval now; deny it");
                judgeTaken(probe);
            }
            case TAKEN -> judgeTaken(probe);
            case BAD_ALG -> judgeRefused(probe);
        }
    }

    // Some servers answer what they do not know with an HTTP error in place of badAlg.
    private void judgeSilence(Probe probe) {
        diagnosis.require(
                probe.weak(),
                ABOUT,
                probe.name() + ": not taken, though without a CertRep that says so",
                probe.name() + ": no answer that can be believed");
    }

    private void judgeTaken(Probe probe) {
        boolean silent =
                probe.keyword().filter(word -> !server.capabilities().has(word)).isPresent();
        if (probe.weak()) {
            diagnosis.note(ABOUT, probe.name() + ": taken, and weak" + (silent ? "; it is not announced" : ""));
        } else {
            diagnosis.ok(ABOUT, probe.name() + ": taken" + (silent ? ", though not announced" : ""));
        }
    }

    private void judgeRefused(Probe probe) {
        boolean announced = probe.keyword().filter(server.capabilities()::has).isPresent();
        if (announced) {
            diagnosis.problem(ABOUT, probe.name() + ": refused with badAlg, though announced");
        } else if (probe.weak()) {
            diagnosis.ok(ABOUT, probe.name() + ": refused, and rightly so");
        } else {
            diagnosis.note(ABOUT, probe.name() + ": refused with badAlg");
        }
    }
}
