package org.scepgate.policy;

/**
 * What a profile takes of a request that an authority outside has judged.
 *
 * @param accountSids whether a request may name the account of a directory that its certificate maps to, by Microsoft's
 *     URI: who can change that name becomes another account, and not every authority compares it
 */
public record OutsideRules(boolean accountSids) {}
