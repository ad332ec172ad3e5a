import type { Platform } from '@sentinel/core';
import { now } from './clock.js';
import { nativeInflate } from './native-inflate.js';
import { nativeSha256, nativeSha256Stream } from './native-sha256.js';

/** What Node brings: zlib on a thread of its own, OpenSSL, and a clock that costs nothing to load. */
export const nodePlatform: Platform = {
  inflate: nativeInflate,
  sha256: nativeSha256,
  sha256Stream: nativeSha256Stream,
  now,
};
