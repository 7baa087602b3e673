/**
 * What an enrolment costs: {@code ./mvnw -Pbench verify}.
 *
 * <p>No test and no time limit. The packaged server runs on a durable PostgreSQL; everything that devices compute is
 * done before the clock starts, and every answer is checked after it has stopped. Start at
 * {@link org.scepgate.bench.Bench}.
 */
package org.scepgate.bench;
