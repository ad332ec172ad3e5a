import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { CATALOGUE_VERSION } from '@artifact-sentinel/core/internal';

export interface Versions {
  /** Of the code that collects facts. */
  readonly analysis: string;
  /** Of what makes verdicts of them: the date of the catalogue, and the digest of it and of the rules. */
  readonly catalogue: string;
}

/** What judges facts, or only shows them: no fact depends on it. */
const JUDGING = [
  'allow',
  'api',
  'closure',
  'command',
  'policy',
  'report',
  'repository',
  'rules',
  'trace',
  'contents',
  'scan.js',
];
/** Of the Node part. */
const REPORTING = 'telemetry';
const SHOWING = ['trace.js', 'contents.js', 'index.js', 'internal.js', 'follow.js'];
/** Tables that say what a name is worth; those that say what to look for in sources belong to the analysis. */
const OPINIONS = /^catalogue\/(?:generated\/(?!watched\.|python-source\.)|judges\/|version\.)/;

let known: Promise<Versions> | null = null;

/** Digests of the program as it is installed: nobody has to remember to count a version up. */
export function versions(): Promise<Versions> {
  return (known ??= computed());
}

async function computed(): Promise<Versions> {
  const root = dirname(dirname(createRequire(import.meta.url).resolve('@artifact-sentinel/core')));
  const analysis = createHash('sha256');
  const judging = createHash('sha256');
  for (const folder of ['dist', 'dist-node']) {
    const names = await readdir(join(root, folder), { recursive: true });
    for (const file of names.filter((name) => name.endsWith('.js')).toSorted()) {
      const name = relative('', file).split(sep).join('/');
      const bytes = await readFile(join(root, folder, file));
      const top = name.slice(0, name.indexOf('/') < 0 ? name.length : name.indexOf('/'));
      const isJudging = folder === 'dist' && (JUDGING.includes(top) || OPINIONS.test(name));
      if (folder === 'dist-node' && top === REPORTING) continue;
      if (folder === 'dist' && (SHOWING.includes(top) || name.endsWith('.d.ts'))) continue;
      (isJudging ? judging : analysis).update(`${folder}/${name}\0${bytes.length}\0`).update(bytes);
    }
  }
  return {
    analysis: analysis.digest('hex').slice(0, 16),
    catalogue: `${CATALOGUE_VERSION}+${judging.digest('hex').slice(0, 12)}`,
  };
}
