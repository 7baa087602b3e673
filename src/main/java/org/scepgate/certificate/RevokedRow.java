package org.scepgate.certificate;

/** A certificate whose revocation has just changed. */
record RevokedRow(String ca, String serial, String profile, String deviceId, String subject) {}
