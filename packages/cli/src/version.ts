declare const SENTINEL_VERSION: string;

/** Put in by the build. */
export const VERSION: string = typeof SENTINEL_VERSION === 'string' ? SENTINEL_VERSION : '0.0.0-source';
