import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The path of sentinel.cjs, built from the sources as they are. */
    bundle: string;
  }
}

/** Builds the command line once for all tests, beside no other: a test never sees a stale build. */
export default function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'sentinel-built-'));
  const bundle = join(folder, 'sentinel.cjs');
  const build = fileURLToPath(new URL('../packages/cli/build.mjs', import.meta.url));
  execFileSync(process.execPath, [build, bundle], { stdio: 'pipe' });
  project.provide('bundle', bundle);
  return () => rmSync(folder, { recursive: true, force: true });
}
