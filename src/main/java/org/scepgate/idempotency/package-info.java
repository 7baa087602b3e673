/**
 * The header Idempotency-Key: the same request again gets the same answer for a day, and does nothing.
 *
 * <p>Entry type: {@link org.scepgate.idempotency.RepeatedRequests}. What a request does and
 * {@link org.scepgate.idempotency.AnswerStore#keep} share one transaction.
 */
package org.scepgate.idempotency;
