package org.scepgate.ca;

/** Whether this is a native executable, which loads neither Corretto's provider nor PKCS#11 libraries. */
final class NativeExecutable {
    // Set by GraalVM alone (ImageInfo.PROPERTY_IMAGE_CODE_KEY): "buildtime" or "runtime".
    private static final String IMAGE_CODE = "org.graalvm.nativeimage.imagecode";

    private NativeExecutable() {}

    static boolean isRunning() {
        return System.getProperty(IMAGE_CODE) != null;
    }
}
