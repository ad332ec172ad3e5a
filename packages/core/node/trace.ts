import * as core from '@sentinel/core';
import { nodePlatform } from './platform.js';

/** `trace` of the core with what Node provides, unless a caller names another platform. */
export function trace(...[path, source, options]: Parameters<typeof core.trace>): ReturnType<typeof core.trace> {
  return core.trace(path, source, { platform: nodePlatform, ...options });
}
