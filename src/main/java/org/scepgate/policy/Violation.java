package org.scepgate.policy;

/** One rule that a request broke, in short texts for the operator; the device never reads them. */
public record Violation(Rule rule, String expected, String actual) {

    public Violation {
        expected = Texts.shortened(expected);
        actual = Texts.shortened(actual);
    }
}
