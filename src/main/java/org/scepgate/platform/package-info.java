/**
 * Plumbing that every room needs and that belongs to no feature: the pool for cryptography, problem documents,
 * the names of roles and metrics, ids, the clock, and who is calling.
 *
 * <p>Entry types: {@link org.scepgate.platform.CryptoPool} and {@link org.scepgate.platform.ApiException}.
 * Imports no other room.
 */
package org.scepgate.platform;
