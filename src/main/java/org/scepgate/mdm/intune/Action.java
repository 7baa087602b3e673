package org.scepgate.mdm.intune;

/** What Intune does for a CA, where it is done and in which version of the API. */
enum Action {
    VALIDATE(Endpoint.VALIDATE, Service.VALIDATION, "ScepActions/validateRequest"),
    NOTIFY_SUCCESS(Endpoint.NOTIFY_SUCCESS, Service.VALIDATION, "ScepActions/successNotification"),
    NOTIFY_FAILURE(Endpoint.NOTIFY_FAILURE, Service.VALIDATION, "ScepActions/failureNotification"),
    DOWNLOAD(
            Endpoint.DOWNLOAD_REVOCATIONS,
            Service.CONNECTOR,
            "CertificateAuthorityRequests/downloadRevocationRequests"),
    UPLOAD(Endpoint.UPLOAD_REVOCATIONS, Service.CONNECTOR, "CertificateAuthorityRequests/uploadRevocationResults");

    /** A service of Intune, by the name that Graph gives it. */
    enum Service {
        VALIDATION("ScepRequestValidationFEService", "2018-02-20"),
        CONNECTOR("PkiConnectorFEService", "5019-05-05");

        private final String providerName;
        private final String apiVersion;

        Service(String providerName, String apiVersion) {
            this.providerName = providerName;
            this.apiVersion = apiVersion;
        }

        String providerName() {
            return providerName;
        }

        String apiVersion() {
            return apiVersion;
        }
    }

    private final Endpoint endpoint;
    private final Service service;
    private final String path;

    Action(Endpoint endpoint, Service service, String path) {
        this.endpoint = endpoint;
        this.service = service;
        this.path = path;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    Service service() {
        return service;
    }

    String path() {
        return path;
    }
}
