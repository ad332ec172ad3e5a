import * as core from '@sentinel/core';
import { nodePlatform } from './platform.js';

/** `scan` of the core with what Node provides, unless a caller names another platform. */
export function scan(...[inputs, options]: Parameters<typeof core.scan>): ReturnType<typeof core.scan> {
  return core.scan(inputs, { platform: nodePlatform, ...options });
}
