package org.scepgate.challenge;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.scepgate.platform.ApiException;
import org.scepgate.policy.Binding;
import org.scepgate.policy.InvalidBindingException;
import org.scepgate.policy.PermittedNames;

/** What one client may do; empty is not restricted. */
record ClientRules(
        Optional<Set<String>> profiles, PermittedNames names, OptionalInt maxOpenChallenges, OptionalInt rate) {

    void require(Binding binding) {
        if (profiles.filter(allowed -> !allowed.contains(binding.profile())).isPresent()) {
            throw ApiException.forbidden("profile-not-allowed", "profile", "this client may not use the profile");
        }
        try {
            names.require(binding);
        } catch (InvalidBindingException refused) {
            throw ApiException.forbidden("name-not-allowed", refused.field(), refused.getMessage());
        }
    }
}
