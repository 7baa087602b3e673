/**
 * Challenges that many devices share, for network gear that cannot have one each. They are weak, and say so.
 *
 * <p>Entry type: {@link org.scepgate.mdm.fixed.ConfiguredStaticChallenges}.
 */
package org.scepgate.mdm.fixed;
