package org.scepgate.device;

import org.scepgate.scep.CertRep;

/**
 * What the last answer means for the files and for who reads the console.
 *
 * @param keyIsPending whether the request was for the pending key, which must not outlive it
 */
record EnrolmentOutcome(Console console, OutputFolder folder, boolean keyIsPending, Enrolment enrolment) {
    ExitCode of(CertRep answer) throws CommandException {
        if (answer instanceof CertRep.Success success) {
            return issued(success);
        }
        return answer instanceof CertRep.Failure failure ? refused(failure) : pending();
    }

    private ExitCode issued(CertRep.Success success) throws CommandException {
        Enrolment.Issued issued = enrolment.judge(success);
        if (keyIsPending) {
            folder.promotePendingKey();
        }
        folder.writeCertificates(issued.certificate(), issued.chain());
        console.say("enrolled " + issued.certificate().getSubject() + ", serial "
                + issued.certificate().getSerialNumber().toString(16) + ", until "
                + issued.certificate().getNotAfter().toInstant());
        console.say("wrote " + folder.file(OutputFolder.CERTIFICATE));
        return ExitCode.OK;
    }

    private ExitCode refused(CertRep.Failure failure) throws CommandException {
        if (keyIsPending) {
            folder.deletePendingKey();
        }
        console.complain("refused: " + failure.failInfo().text()
                + failure.text().map(text -> ", \"" + text + "\"").orElse(""));
        return ExitCode.REFUSED;
    }

    private ExitCode pending() {
        String option = enrolment.isRenewal() ? "--new-key" : "--key";
        console.say("pending: somebody must approve it; then run this again with "
                + (keyIsPending ? option + " " + folder.file(OutputFolder.PENDING_KEY) : "the same " + option));
        return ExitCode.PENDING;
    }
}
