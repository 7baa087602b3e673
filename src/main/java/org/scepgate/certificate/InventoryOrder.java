package org.scepgate.certificate;

/** In which order the certificates of a list come; the last one of a page says where the next page begins. */
enum InventoryOrder {
    NEWEST_FIRST,
    LATEST_END_FIRST,
    /** From the last name to the first, and newest first of those with one name. */
    LAST_NAME_FIRST
}
