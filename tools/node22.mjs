// A Node that the fleet runs on: this one where it is new enough, else one from the npm registry, in .cache/runtimes.
import { installed } from './runtimes.mjs';

/** The path of a Node 22.12 or later. */
export function node22() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 12)) return process.execPath;
  const file = installed('Node 22.23.3');
  if (file === null)
    throw new Error(
      `the fleet needs Node 22.12 or later, and the registry has none for ${process.platform}-${process.arch}`,
    );
  return file;
}
