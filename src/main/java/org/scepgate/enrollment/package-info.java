/**
 * The use case that joins the rooms: a SCEP message comes in, a recorded answer goes out.
 *
 * <p>Entry types: {@link org.scepgate.enrollment.ScepResource} (HTTP), {@link
 * org.scepgate.enrollment.EnrollmentService} (the order of steps) and {@link
 * org.scepgate.enrollment.EnrollmentLedger} (the one transaction).
 */
package org.scepgate.enrollment;
