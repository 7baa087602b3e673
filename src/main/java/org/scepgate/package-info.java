/** Scepgate: SCEP enrolment with one-time challenges bound to what a device may ask for. */
package org.scepgate;
