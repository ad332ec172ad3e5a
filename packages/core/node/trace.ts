import * as core from '@artifact-sentinel/core';
import { withNode } from './platform.js';

/** `trace` of the core with what Node provides. */
export function trace(
  path: string,
  source: core.ByteSource,
  options: core.TraceOptions = {},
): ReturnType<typeof core.trace> {
  return core.trace(path, source, withNode(options));
}
