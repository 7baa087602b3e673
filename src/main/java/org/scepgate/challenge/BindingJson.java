package org.scepgate.challenge;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.scepgate.policy.Binding;
import org.scepgate.policy.DistinguishedName;
import org.scepgate.policy.ExtendedKeyUsage;
import org.scepgate.policy.InvalidBindingException;
import org.scepgate.policy.InvalidNameException;
import org.scepgate.policy.KeyUsage;
import org.scepgate.policy.Match;
import org.scepgate.policy.NamePatterns;
import org.scepgate.policy.RequestedAltNames;
import org.scepgate.policy.RequestedBinding;
import org.scepgate.policy.SecurityIdentifier;
import org.scepgate.policy.SubjectAltNames;

/** A binding as the database keeps it: the strings of the API, with what the profile supplied filled in. */
@Singleton
class BindingJson {
    private final ObjectMapper json;

    BindingJson(ObjectMapper json) {
        // A field that says nothing is left out: the release before refuses any that it does not know.
        this.json = json.copy().setSerializationInclusion(JsonInclude.Include.NON_NULL);
    }

    String write(Binding binding) {
        try {
            return json.writeValueAsString(textsOf(binding));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("strings can be written as JSON", impossible);
        }
    }

    Binding read(String profile, String stored) {
        try {
            RequestedBinding texts = json.readValue(stored, RequestedBinding.class);
            return new Binding(
                    profile,
                    DistinguishedName.parseStored(texts.subject()),
                    SubjectAltNames.of(texts.subjectAltNames()),
                    Match.parse(texts.match()),
                    Optional.ofNullable(texts.publicKeySha256()),
                    texts.keyUsage().stream().map(KeyUsage::parse).collect(Collectors.toUnmodifiableSet()),
                    texts.extendedKeyUsage().stream()
                            .map(ExtendedKeyUsage::parse)
                            .toList(),
                    Duration.parse(texts.validity()),
                    Optional.ofNullable(texts.securityIdentifier()).map(SecurityIdentifier::new),
                    patternsOf(texts));
        } catch (JsonProcessingException | InvalidNameException | InvalidBindingException unreadable) {
            // Also a binding of a newer release with a field unknown here: it may narrow, so it is not passed over.
            throw new IllegalStateException("a stored binding cannot be read", unreadable);
        }
    }

    static RequestedBinding textsOf(Binding binding) {
        SubjectAltNames names = binding.subjectAltNames();
        return new RequestedBinding(
                binding.subject().toString(),
                new RequestedAltNames(names.dns(), names.email(), names.uri(), names.ip(), names.upn()),
                binding.match().text(),
                binding.publicKeySha256().orElse(null),
                namesOf(binding),
                binding.extendedKeyUsage().stream().map(ExtendedKeyUsage::text).toList(),
                binding.validity().toString(),
                binding.securityIdentifier().map(SecurityIdentifier::text).orElse(null),
                binding.patterns().map(NamePatterns::texts).orElse(null));
    }

    private static Optional<NamePatterns> patternsOf(RequestedBinding texts) throws InvalidBindingException {
        return texts.patterns() == null ? Optional.empty() : Optional.of(NamePatterns.of(texts.patterns()));
    }

    private static List<String> namesOf(Binding binding) {
        return binding.keyUsage().stream().sorted().map(KeyUsage::text).toList();
    }
}
