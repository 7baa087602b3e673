/**
 * Requests that wait for a person: the rows that keep them, and the API by which operators see and decide them.
 *
 * <p>Entry types: {@link org.scepgate.approval.ApprovalResource} for operators and {@link
 * org.scepgate.approval.ApprovalStore} for enrolment, which signs through the port {@link
 * org.scepgate.approval.HeldRequestIssuer}.
 */
package org.scepgate.approval;
