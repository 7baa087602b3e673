package org.scepgate.mdm.intune;

/** What is called at Microsoft, as metrics tell it. */
enum Endpoint {
    TOKEN("token"),
    DISCOVERY("discovery"),
    VALIDATE("validate"),
    NOTIFY_SUCCESS("notify-success"),
    NOTIFY_FAILURE("notify-failure"),
    DOWNLOAD_REVOCATIONS("download-revocations"),
    UPLOAD_REVOCATIONS("upload-revocations");

    private final String tag;

    Endpoint(String tag) {
        this.tag = tag;
    }

    String tag() {
        return tag;
    }

    /** Whether what is sent there is of one device, so that the fault may be in it. */
    boolean isAboutOneRequest() {
        return this == VALIDATE || this == NOTIFY_SUCCESS || this == NOTIFY_FAILURE;
    }
}
