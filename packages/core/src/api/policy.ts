import type { Policy } from '../model/policy.js';
import * as policy from '../policy/load.js';
import { aText, be, checkArgument } from './check.js';

/**
 * The policy that a text in YAML or JSON says (docs/policy.md). What is not understood is a PolicyError with line and column.
 * `file`: what errors and reports call it. `folder`: where the globs of `paths` begin, absolute and with forward slashes;
 * null where they are matched against the paths as they are scanned.
 */
export function loadPolicy(text: string, file = 'policy', folder: string | null = null): Policy {
  checkArgument('loadPolicy', 'text', text, aText);
  checkArgument('loadPolicy', 'file', file, aText);
  checkArgument(
    'loadPolicy',
    'folder',
    folder,
    be('a text or null', (value) => value === null || typeof value === 'string'),
  );
  return policy.loadPolicy(text, file, folder);
}
