/* See src/model/limits.ts. */

/**
 * A file of this machine with a token or the commit of a reference.
 * @unit bytes
 * @cwe 770
 */
export const MAX_REFERENCE_BYTES = 16 * 2 ** 10;
