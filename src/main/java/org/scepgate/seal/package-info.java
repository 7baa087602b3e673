/**
 * The chain of hashes over the audit log: which bytes are hashed, and how a seal follows the one before.
 *
 * <p>Pure: the server seals with it and the command {@code audit verify} checks with it. Enter at
 * {@link org.scepgate.seal.Seal} and {@link org.scepgate.seal.SealedRow}.
 */
package org.scepgate.seal;
