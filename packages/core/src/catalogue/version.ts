/** Date of the data: danger list, allowlist and conditionals together. */
export const CATALOGUE_VERSION = '2026.11.22';
