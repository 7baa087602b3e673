package org.scepgate.scep;

import java.util.function.Function;

/** A pkiMessage that can be answered: one that held in every check, or one that must be refused. */
public sealed interface DecodedMessage permits PkiMessage, RejectedMessage {
    ReplyAddress replyTo();

    <T> T fold(Function<PkiMessage, T> accepted, Function<RejectedMessage, T> rejected);
}
