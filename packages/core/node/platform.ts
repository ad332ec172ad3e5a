import type { Platform } from '@artifact-sentinel/core';
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

/** Options with what Node provides behind the parts that a caller named. What is no object is left for the core to refuse. */
export function withNode<O extends { readonly platform?: Partial<Platform> }>(options: O): O {
  const own: unknown = options;
  if (typeof own !== 'object' || own === null) return options;
  const { platform } = options;
  if (platform !== undefined && (typeof platform !== 'object' || platform === null)) return options;
  return { ...options, platform: { ...nodePlatform, ...platform } };
}
