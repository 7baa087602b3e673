/**
 * Commands that make, complete and check the keys of a CA; they start without Quarkus.
 *
 * <p>Entry type: {@link org.scepgate.setup.SetupCommands}.
 */
package org.scepgate.setup;
