/**
 * Adapters for the MDMs that exist, each in a package of its own, and what they share: who may call them and which names
 * their challenges are bound to. Each is off until it is configured.
 *
 * <p>Entry types: {@link org.scepgate.mdm.AccountCheck}, {@link org.scepgate.mdm.NameTemplate}.
 */
package org.scepgate.mdm;
