/**
 * Prints the members that `getattr` takes of classes and objects in the artifacts of some folders, `Class member` and the
 * number of files, for a review: what honest saves keep.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { memorySource } from '@artifact-sentinel/core';
import { collect } from '../../packages/core/src/collect.js';

const pairs = new Map<string, number>();

function* filesIn(folder: string): Generator<string> {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* filesIn(path);
    else yield path;
  }
}

for (const folder of process.argv.slice(2)) {
  for (const path of filesIn(folder)) {
    const bytes = new Uint8Array(readFileSync(path));
    const found = await collect(
      { path: basename(path), source: memorySource(bytes), size: bytes.length },
      { digests: false },
    );
    const own = new Set<string>();
    for (const fact of [...found.facts, ...found.streams.flatMap((stream) => stream.facts)]) {
      if (fact.kind !== 'pickle.global' || fact.name !== 'getattr') continue;
      for (const call of fact.calls) {
        const [owner, member] = call.args;
        if (member?.kind !== 'str' || call.via !== 'REDUCE') continue;
        if (owner?.kind === 'global') own.add(`${owner.module}.${owner.name} ${member.value}`);
        else if (owner?.kind === 'call') own.add(`${owner.callee} ${member.value}`);
      }
    }
    for (const pair of own) pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
}
for (const [pair, count] of [...pairs].sort((a, b) => b[1] - a[1])) console.log(`${pair} ${count}`);
