/**
 * The device that comes with the server: the commands {@code enroll} and {@code doctor}, to try a deployment with.
 * Start at {@link org.scepgate.device.DeviceCommands}, which {@code main} asks before Quarkus boots.
 * No CDI, no database, no HTTP server: the SCEP codec, picocli and the JDK's HTTP client.
 */
package org.scepgate.device;
