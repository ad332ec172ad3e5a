/** Which artifacts get the SHA-256 of the whole file: none, those with findings, or all. */
export const HASH_CHOICES = ['none', 'findings', 'all'] as const;
export type HashChoice = (typeof HASH_CHOICES)[number];

/** Why an artifact has no hash where those with findings have one. */
export const NO_FINDING = 'no finding; --hash all hashes it';
