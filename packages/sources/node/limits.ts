/* See src/model/limits.ts. */

/**
 * A file of this machine with a token, the commit of a reference, or the profiles of AWS: some have hundreds.
 * @unit bytes
 * @cwe 770
 */
export const MAX_REFERENCE_BYTES = 2 ** 20;
