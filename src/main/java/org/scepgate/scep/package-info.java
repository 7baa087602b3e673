/**
 * RFC 8894 messages, server side: bytes to checked requests and decisions to CertRep bytes.
 * Start at {@link org.scepgate.scep.PkiMessageDecoder} and {@link org.scepgate.scep.CertRepEncoder}.
 * Pure: no HTTP, no database, no logging, no clock; imports no other package of this product.
 */
package org.scepgate.scep;
