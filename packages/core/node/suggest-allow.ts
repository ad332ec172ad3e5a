import * as core from '@artifact-sentinel/core/internal';
import { nodePlatform } from './platform.js';

/** `suggestAllow` of the core with what Node provides, unless a caller names another platform. */
export function suggestAllow(
  ...[input, find, options]: Parameters<typeof core.suggestAllow>
): ReturnType<typeof core.suggestAllow> {
  return core.suggestAllow(input, find, { platform: nodePlatform, ...options });
}
