/** Limits of the dashboard: what one view asks of the API and shows. */

/**
 * A value of an entry of the audit log; the rest of it is not shown.
 * @unit characters
 * @cwe 770
 */
export const LONGEST_VALUE = 300;

/**
 * Rules of an intake that have a column of their own; what is beyond them is counted.
 * @unit rules
 * @cwe 770
 */
export const MOST_RULES = 8;

/**
 * Files of an intake that are asked for: a bucket may have millions, and the view says where it is cut.
 * @unit files
 * @cwe 770
 */
export const MOST_FILES = 5000;
