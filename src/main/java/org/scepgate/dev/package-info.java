/**
 * What a developer gets without setting anything up: a PostgreSQL, a CA, a token and a page that tells how to enrol.
 *
 * <p>Exists in development and tests only, no class of it is in the package. Entry: {@link
 * org.scepgate.dev.DevApplication}; tests use {@link org.scepgate.dev.LocalPostgres} alone.
 */
package org.scepgate.dev;
