package org.scepgate.policy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.scepgate.testing.TestProfile;

/** Requests, profiles and challenges to judge; signatures are noise, because the policy looks at none. */
final class Requests {

    static final Instant NOW = Instant.parse("2026-05-01T12:00:00.5Z");
    static final UUID CHALLENGE = UUID.fromString("00000000-0000-4000-8000-000000000042");
    static final SubjectPublicKeyInfo KEY = rsa(2048);
    static final SubjectPublicKeyInfo OTHER_KEY = rsa(2048);
    static final ASN1ObjectIdentifier EXTENSION_REQUEST = PKCSObjectIdentifiers.pkcs_9_at_extensionRequest;
    static final ASN1ObjectIdentifier MICROSOFT = new ASN1ObjectIdentifier("1.3.6.1.4.1.311.2.1.14");

    static final AllowedKeys KEYS = new AllowedKeys(Set.of(2048, 4096), Set.of("P-256"));
    static final Profile PROFILE = profile(KEYS, false);

    private static final SecureRandom RANDOM = new SecureRandom();

    private Requests() {}

    static Profile profile(AllowedKeys keys, boolean ephemeralSigner) {
        return profile(keys, ephemeralSigner, Authentication.CHALLENGE);
    }

    static Profile profile(AllowedKeys keys, boolean ephemeralSigner, RenewalRules renewal) {
        return ordinary(keys, ephemeralSigner).renewal(renewal).build();
    }

    static Profile profile(AllowedKeys keys, boolean ephemeralSigner, Authentication authenticateBy) {
        return ordinary(keys, ephemeralSigner).authenticateBy(authenticateBy).build();
    }

    private static TestProfile ordinary(AllowedKeys keys, boolean ephemeralSigner) {
        return TestProfile.named("demo")
                .validity(Duration.ofDays(90))
                .keys(keys)
                .ephemeralSigner(ephemeralSigner)
                .issuer("CN=Acme Device CA,O=Acme");
    }

    static List<ExtendedKeyUsage> usages(String... names) {
        return List.of(names).stream().map(ExtendedKeyUsage::parse).toList();
    }

    static DistinguishedName name(String text) {
        try {
            return DistinguishedName.parse(text);
        } catch (InvalidNameException invalid) {
            throw new AssertionError(invalid);
        }
    }

    static RequestedBinding asked(String subject, RequestedAltNames names, String match) {
        return new RequestedBinding(subject, names, match, null, null, null, null);
    }

    static RequestedAltNames dns(String... names) {
        return new RequestedAltNames(List.of(names), null, null, null, null);
    }

    static Binding binding(String subject, RequestedAltNames names, String match) {
        return binding(asked(subject, names, match));
    }

    static Binding binding(RequestedBinding asked) {
        try {
            return Binding.of(asked, PROFILE);
        } catch (InvalidBindingException invalid) {
            throw new AssertionError(invalid);
        }
    }

    /** A binding that {@link Binding#of} would not make: of another profile, or from before the profile changed. */
    static Binding rebound(String profile, DistinguishedName subject, Binding like) {
        return new Binding(
                profile,
                subject,
                like.subjectAltNames(),
                like.match(),
                like.publicKeySha256(),
                like.keyUsage(),
                like.extendedKeyUsage(),
                like.validity());
    }

    static KnownChallenge challenge(Binding binding, ChallengeState state) {
        return new KnownChallenge(CHALLENGE, binding, state, NOW.plusSeconds(60), NOW);
    }

    static KnownChallenge open(Binding binding) {
        return challenge(binding, new ChallengeState.Open());
    }

    static EnrollmentRequest request(Csr csr) {
        return new EnrollmentRequest(PROFILE, csr, true, Optional.empty());
    }

    static Csr csr(String subject, SubjectPublicKeyInfo key, GeneralName... names) {
        return csr(pkcs10(name(subject).toX500Name(), key, List.of(extensionRequest(names))));
    }

    static Csr csr(PKCS10CertificationRequest request) {
        try {
            return Csr.of(request);
        } catch (UnreadableCsrException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    static PKCS10CertificationRequest pkcs10(X500Name subject, SubjectPublicKeyInfo key, List<Attribute> attributes) {
        List<Attribute> all = new ArrayList<>(attributes);
        all.add(challengePassword("secret-of-device-42"));
        CertificationRequestInfo info =
                new CertificationRequestInfo(subject, key, new DERSet(all.toArray(ASN1Encodable[]::new)));
        return signed(info);
    }

    static PKCS10CertificationRequest signed(CertificationRequestInfo info) {
        byte[] noise = new byte[256];
        RANDOM.nextBytes(noise);
        AlgorithmIdentifier algorithm =
                new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE);
        return new PKCS10CertificationRequest(new CertificationRequest(info, algorithm, new DERBitString(noise)));
    }

    static Attribute challengePassword(String secret) {
        return new Attribute(
                PKCSObjectIdentifiers.pkcs_9_at_challengePassword, new DERSet(new DERPrintableString(secret)));
    }

    static Attribute extensionRequest(GeneralName... names) {
        return names.length == 0
                ? extensionRequest(EXTENSION_REQUEST)
                : extensionRequest(
                        EXTENSION_REQUEST, extension(Extension.subjectAlternativeName, new GeneralNames(names)));
    }

    static Attribute extensionRequest(ASN1ObjectIdentifier type, Extension... extensions) {
        return new Attribute(type, new DERSet(new DERSequence(extensions)));
    }

    static Extension extension(ASN1ObjectIdentifier oid, ASN1Encodable value) {
        try {
            ExtensionsGenerator generator = new ExtensionsGenerator();
            generator.addExtension(oid, false, value);
            return generator.generate().getExtension(oid);
        } catch (IOException cannotHappen) {
            throw new AssertionError(cannotHappen);
        }
    }

    static GeneralName dnsName(String name) {
        return new GeneralName(GeneralName.dNSName, name);
    }

    /** A random odd modulus of exactly that many bits. */
    static SubjectPublicKeyInfo rsa(int bits) {
        BigInteger modulus;
        do {
            modulus = new BigInteger(bits, new SecureRandom()).setBit(bits - 1).setBit(0);
        } while (new RsaModulus(modulus).hasSmallFactor());
        return rsa(modulus);
    }

    static SubjectPublicKeyInfo rsa(BigInteger modulus) {
        return rsa(modulus, BigInteger.valueOf(65537));
    }

    static SubjectPublicKeyInfo rsa(BigInteger modulus, BigInteger exponent) {
        try {
            return new SubjectPublicKeyInfo(
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                    new RSAPublicKey(modulus, exponent));
        } catch (IOException cannotHappen) {
            throw new AssertionError(cannotHappen);
        }
    }

    static SubjectPublicKeyInfo ec(ASN1Encodable curve) {
        if (curve instanceof ASN1ObjectIdentifier oid && CustomNamedCurves.getByOID(oid) != null) {
            byte[] point = CustomNamedCurves.getByOID(oid).getG().getEncoded(false);
            return new SubjectPublicKeyInfo(new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve), point);
        }
        return key(X9ObjectIdentifiers.id_ecPublicKey, curve);
    }

    static SubjectPublicKeyInfo key(ASN1ObjectIdentifier algorithm, ASN1Encodable parameters) {
        return new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(algorithm, parameters), "no point".getBytes(StandardCharsets.US_ASCII));
    }

    static List<Rule> rules(Decision decision) {
        return violations(decision).stream().map(Violation::rule).toList();
    }

    static List<Violation> violations(Decision decision) {
        return decision.fold(
                issue -> List.of(),
                reissue -> List.of(),
                Decision.Refuse::violations,
                hold -> List.of(),
                ask -> List.of());
    }

    static Optional<CertificateTemplate> template(Decision decision) {
        return decision.fold(
                issue -> Optional.of(issue.template()),
                reissue -> Optional.empty(),
                refuse -> Optional.empty(),
                hold -> Optional.empty(),
                ask -> Optional.empty());
    }
}
