package org.scepgate.device;

import org.scepgate.scep.CertRep;

/**
 * What the last answer means for the files and for who reads the console.
 *
 * @param keyIsNew whether the key was made for this request: refused, it is of no use. One of an earlier run is kept,
 *     for there may be a certificate for it
 * @param keyIsPending whether the request was for the pending key
 */
record EnrolmentOutcome(
        Console console, OutputFolder folder, boolean keyIsNew, boolean keyIsPending, Enrolment enrolment) {
    ExitCode of(CertRep answer) throws CommandException {
        if (answer instanceof CertRep.Success success) {
            return issued(success);
        }
        return answer instanceof CertRep.Failure failure ? refused(failure) : pending();
    }

    private ExitCode issued(CertRep.Success success) throws CommandException {
        Enrolment.Issued issued = enrolment.judge(success);
        folder.writeIssued(issued, keyIsPending);
        console.say("enrolled " + issued.certificate().getSubject() + ", serial "
                + issued.serial() + ", until "
                + issued.certificate().getNotAfter().toInstant());
        console.say("wrote " + folder.file(OutputFolder.CERTIFICATE));
        return ExitCode.OK;
    }

    private ExitCode refused(CertRep.Failure failure) throws CommandException {
        if (keyIsNew) {
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
