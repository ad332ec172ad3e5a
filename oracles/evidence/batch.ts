/**
 * Prints for every stream of a file the calls that the facts hold: the global, the opcode and the arguments as values.
 * Streams stand behind their length, four bytes, little endian.
 */
import { readFileSync } from 'node:fs';
import { memorySource, scan, type Rule } from '@artifact-sentinel/core';
import { DEFAULT_POLICY, findRule, type Fact } from '@artifact-sentinel/core/internal';

let facts: Fact[] = [];
const listener: Rule = {
  meta: findRule('PICKLE-EXEC').meta,
  on: ['pickle.global'],
  check: (fact: Fact) => {
    facts.push(fact);
    return undefined;
  },
};

async function callsOf(stream: Uint8Array): Promise<unknown> {
  facts = [];
  await scan([{ path: 'x.pkl', source: memorySource(stream), size: stream.length }], {
    policy: DEFAULT_POLICY,
    rules: [listener],
    today: '2026-01-01',
  });
  return facts.flatMap((fact) =>
    fact.kind === 'pickle.global' && fact.at.path === 'x.pkl'
      ? fact.calls.map((call) => ({
          of: [fact.module, fact.name],
          at: call.offset,
          via: call.via,
          args: call.args,
          known: call.argsKnown,
          // A call of what the global gave: no call of the global, but it takes one of the slots for calls.
          onResult: call.on !== undefined,
        }))
      : [],
  );
}

const bytes = readFileSync(process.argv[2] ?? '');
for (let at = 0; at + 4 <= bytes.length;) {
  const length = bytes.readUInt32LE(at);
  console.log(JSON.stringify(await callsOf(bytes.subarray(at + 4, at + 4 + length))));
  at += 4 + length;
}
