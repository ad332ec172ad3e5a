// Reads paths from standard input, one for each line, and prints the calls that the rules of TORCH receive in each, as a
// line of JSON. torch-calls.py builds it and holds it against an analysis of its own. Arguments: the folders that are scanned.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { sourceNeighbours } from '../../packages/core/node/source-neighbours.js';
import { memorySource } from '../../packages/core/src/bytes/source.js';
import { collect } from '../../packages/core/src/collect.js';

const neighbours = sourceNeighbours(process.argv.slice(2));

for await (const path of createInterface({ input: process.stdin })) {
  const bytes = readFileSync(path);
  const started = performance.now();
  const { facts, notices } = await collect(
    { path, source: memorySource(bytes), size: bytes.length },
    { sources: ['source.call'], neighbours },
  );
  const milliseconds = performance.now() - started;
  const lines = bytes.toString().split(/\r\n|\r|\n/);
  const calls = facts.flatMap((fact) => {
    if (fact.kind !== 'source.call' || fact.use !== 'call') return [];
    const { line, column } = fact.at;
    // ast counts UTF-8 bytes from 0.
    const before = Buffer.byteLength((lines[(line ?? 1) - 1] ?? '').slice(0, (column ?? 1) - 1));
    return [[line, before, fact.target]];
  });
  process.stdout.write(
    `${JSON.stringify({ path, milliseconds, calls, notices: notices.map(({ reason }) => reason) })}\n`,
  );
}
