/** Plumbing that every room shares and that belongs to no feature. */
package org.scepgate.platform;
