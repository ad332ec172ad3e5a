import { createHash, type Hash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, posix, sep } from 'node:path';
import { RULES } from '@artifact-sentinel/core';
import { CATALOGUE_VERSION, sourceFactsFor } from '@artifact-sentinel/core/internal';

export interface Versions {
  /** Of the code that collects facts. */
  readonly analysis: string;
  /** Of what makes verdicts of them: the date of the catalogue, and the digest of it and of the rules. */
  readonly catalogue: string;
}

/** What collecting begins with: all that it imports, at once or on demand, has a part in the facts. */
const COLLECTING = /^(?:collect\.js$|neighbours\/)/;
/** Of the fleet: under which paths bytes are analysed, and with which files around them. */
export const COLLECTING_HERE: readonly string[] = ['verdicts/readings.js', 'worker/child.js', 'worker/tree.js'];
/** What only shows facts, verdicts or names. */
const SHOWING = /^(?:trace|contents|index|internal|follow)\.js$/;
/** Of the Node part. */
const REPORTING = /^telemetry\//;
const IMPORTED = /\b(?:from|import)\s*\(?\s*["'](\.[^"'\n]+)["']/g;

/** Compiled modules as paths below the core's folder, in order. */
export interface Modules {
  readonly analysis: readonly string[];
  readonly judging: readonly string[];
}

/** `root`: the folder of the core. Which module belongs where follows from who imports it. */
export async function modulesOf(root: string): Promise<Modules> {
  const core = await compiled(join(root, 'dist'));
  const node = await compiled(join(root, 'dist-node'));
  const reached = core.filter((name) => COLLECTING.test(name));
  const known = new Set(reached);
  for (const name of reached) {
    for (const [, to = ''] of (await readFile(join(root, 'dist', name), 'utf8')).matchAll(IMPORTED)) {
      const target = posix.join(posix.dirname(name), to);
      if (known.has(target)) continue;
      known.add(target);
      reached.push(target);
    }
  }
  return {
    analysis: [
      ...reached.toSorted().map((name) => `dist/${name}`),
      ...node.filter((name) => !REPORTING.test(name)).map((name) => `dist-node/${name}`),
    ],
    judging: core.filter((name) => !known.has(name) && !SHOWING.test(name)).map((name) => `dist/${name}`),
  };
}

async function compiled(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names
    .filter((name) => name.endsWith('.js'))
    .map((name) => name.split(sep).join('/'))
    .toSorted();
}

let known: Promise<Versions> | null = null;

/** Digests of the program as it is installed: nobody has to remember to count a version up. */
export function versions(): Promise<Versions> {
  return (known ??= computed());
}

async function computed(): Promise<Versions> {
  const root = dirname(dirname(createRequire(import.meta.url).resolve('@artifact-sentinel/core')));
  const { analysis, judging } = await modulesOf(root);
  // Which facts of sources are collected is what the rules ask for.
  const asked = sourceFactsFor(RULES).toSorted().join(' ');
  const collecting = createHash('sha256').update(asked);
  await addFiles(collecting, root, analysis);
  await addFiles(collecting, join(import.meta.dirname, '../../dist'), COLLECTING_HERE);
  const catalogue = createHash('sha256');
  await addFiles(catalogue, root, judging);
  return {
    analysis: collecting.digest('hex').slice(0, 16),
    catalogue: `${CATALOGUE_VERSION}+${catalogue.digest('hex').slice(0, 12)}`,
  };
}

async function addFiles(digest: Hash, root: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const bytes = await readFile(join(root, name));
    digest.update(`${name}\0${bytes.length}\0`).update(bytes);
  }
}
