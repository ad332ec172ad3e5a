/* Limits of what is read around sources; see packages/core/src/model/limits.ts. */

/**
 * Bytes of a module that is read for its names, as of a source that is scanned; the longest of torch has 1.4 MB. What
 * imports a longer one, and uses a name of it, is incomplete.
 * @unit bytes
 * @cwe 400
 */
export const MAX_MODULE_BYTES = 16 * 2 ** 20;

/**
 * Bytes of a file of requirements.
 * @unit bytes
 * @cwe 400
 */
export const MAX_REQUIREMENTS_BYTES = 2 ** 20;
