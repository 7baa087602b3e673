/**
 * The Helm chart, rendered by Helm itself, and what it makes compared with the server.
 *
 * <p>Start at {@link org.scepgate.helm.Chart}.
 */
package org.scepgate.helm;
