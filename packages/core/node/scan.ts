import * as core from '@artifact-sentinel/core';
import { withNode } from './platform.js';

/** `scan` of the core with what Node provides. */
export function scan(inputs: core.ScanInputs, options: core.ScanOptions = {}): core.Scan {
  return core.scan(inputs, withNode(options));
}
