package org.scepgate.events;

/** What became of an event at a webhook. */
public enum DeliveryState {
    PENDING,
    DELIVERED,
    /** Given up, until an operator sends it again. */
    DEAD
}
