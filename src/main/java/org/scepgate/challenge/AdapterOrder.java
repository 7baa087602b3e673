package org.scepgate.challenge;

import java.util.OptionalInt;
import org.scepgate.platform.Caller;

/**
 * A challenge that an adapter for an MDM asks for. What it may have is in the adapter's own configuration, so that the
 * rules for clients of the API do not apply.
 *
 * @param hexDigits makes it of that many digits, as NDES does
 * @param mostOpen how many the caller may have open at once
 */
public record AdapterOrder(NewChallenge challenge, Caller caller, OptionalInt hexDigits, OptionalInt mostOpen) {}
