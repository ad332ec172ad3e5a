import * as core from '@artifact-sentinel/core/internal';
import { nodePlatform } from './platform.js';

/** `collect` of the core with what Node provides, unless a caller names another platform. */
export function collect(...[input, options]: Parameters<typeof core.collect>): ReturnType<typeof core.collect> {
  return core.collect(input, { platform: nodePlatform, ...options });
}
