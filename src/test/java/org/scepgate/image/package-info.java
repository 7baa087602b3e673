/**
 * The container image as it was built: {@code ./mvnw -Pimage verify}.
 *
 * <p>{@link org.scepgate.image.ImageArchive} opens the tarball, {@link org.scepgate.image.Sandbox} runs what is in it.
 */
package org.scepgate.image;
