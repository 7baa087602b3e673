package org.scepgate.authorization;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.util.List;
import org.scepgate.outbound.OutboundAnswer;
import org.scepgate.policy.Authorization;
import org.scepgate.policy.RequestedAltNames;
import org.scepgate.policy.RequestedNarrowing;
import org.scepgate.policy.Texts;

/** An answer as it came. It is taken at its word: a field that is not known may be one that narrows, spelled wrong. */
@RegisterForReflection
record AnswerJson(
        String decision,
        String reason,
        NamesJson subjectAltNames,
        List<String> keyUsage,
        List<String> extendedKeyUsage,
        String validity) {

    /** Alternative names by type; a type that is not there has none. */
    record NamesJson(List<String> dns, List<String> email, List<String> uri, List<String> ip, List<String> upn) {
        RequestedAltNames asked() {
            return new RequestedAltNames(dns, email, uri, ip, upn);
        }
    }

    private static final int OK = 200;
    private static final String READABLE = "a JSON object with a decision, and fields that are known";

    static Authorization read(OutboundAnswer answer, ObjectMapper json) {
        if (answer.status() != OK) {
            return new Authorization.Failed("HTTP 200", "HTTP " + answer.status());
        }
        try {
            AnswerJson read = json.readValue(answer.body().getBytes(), AnswerJson.class);
            return read == null ? unreadable("null") : read.authorization();
        } catch (JsonProcessingException malformed) {
            return unreadable(malformed.getOriginalMessage());
        } catch (IOException impossible) {
            throw new IllegalStateException("bytes in memory can be read", impossible);
        }
    }

    private Authorization authorization() {
        RequestedNarrowing left = new RequestedNarrowing(
                subjectAltNames == null ? null : subjectAltNames.asked(), keyUsage, extendedKeyUsage, validity);
        if ("narrow".equals(decision)) {
            return new Authorization.Narrowed(left);
        }
        if (!left.equals(new RequestedNarrowing(null, null, null, null))) {
            return unreadable("fields of a narrow beside the decision " + decision);
        }
        if ("allow".equals(decision)) {
            return new Authorization.Allowed();
        }
        return "deny".equals(decision)
                ? new Authorization.Denied(reason == null || reason.isBlank() ? "deny, without a reason" : reason)
                : unreadable("the decision " + decision);
    }

    private static Authorization unreadable(String found) {
        return new Authorization.Failed(READABLE, Texts.shortened(found));
    }
}
