/**
 * Prints how the artifacts in some folders use the globals that they name, one line of JSON for each global:
 * `{"module": …, "name": …, "uses": {code: files}, "files": [a few]}`.
 *
 *     node oracles/bundle.mjs tools/uses/collect.ts .cache/collect-uses.mjs
 *     node .cache/collect-uses.mjs FOLDER... > uses.jsonl
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { memorySource } from '@artifact-sentinel/core';
import { isChance } from '@artifact-sentinel/core/internal';
import { collect } from '../../packages/core/src/collect.js';
import { useCode } from './use-code.js';

interface Entry {
  readonly module: string;
  readonly name: string;
  count: number;
  readonly uses: Record<string, number>;
  readonly files: string[];
  readonly example: Record<string, string>;
}
const entries = new Map<string, Entry>();
const signals = new Map<string, string[]>();

function* filesIn(folder: string): Generator<string> {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* filesIn(path);
    else yield path;
  }
}

for (const folder of process.argv.slice(2)) {
  for (const path of filesIn(folder)) {
    if (path.endsWith('.json')) continue;
    const bytes = new Uint8Array(readFileSync(path));
    const found = await collect(
      { path: basename(path), source: memorySource(bytes), size: bytes.length },
      { digests: false },
    );
    for (const fact of [...found.facts, ...found.streams.flatMap((stream) => stream.facts)]) {
      if (fact.kind === 'pickle.structure' && ['uncanonical', 'dtype-state', 'array-state'].includes(fact.signal)) {
        const known = signals.get(fact.signal) ?? [];
        signals.set(fact.signal, known);
        known.push(`${path}: ${fact.detail}`);
      }
      if (fact.kind !== 'pickle.global' || isChance(fact.plausibility) || fact.role === 'torchscript') continue;
      const target = fact.mapped ?? fact;
      const key = `${target.module} ${target.name}`;
      const entry = entries.get(key) ?? {
        module: target.module,
        name: target.name,
        count: 0,
        uses: {},
        files: [],
        example: {},
      };
      entries.set(key, entry);
      entry.count += 1;
      if (entry.files.length < 3) entry.files.push(path);
      for (const use of fact.uses) {
        const code = useCode(use);
        entry.uses[code] = (entry.uses[code] ?? 0) + 1;
        entry.example[code] ??= path;
      }
    }
  }
}
for (const entry of entries.values()) process.stdout.write(`${JSON.stringify(entry)}\n`);
for (const [signal, list] of signals)
  process.stderr.write(`${signal}: ${list.length}\n${list.slice(0, 12).join('\n')}\n`);
