import { expect, test } from 'vitest';
import type { SourceCallFact } from '../../model/source-fact.js';
import { MAX_SOURCE_FACTS } from '../../python/limits.js';
import { sized } from '../../../../../oracles/full-size.js';
import { inspectSource } from './inspect-source.js';

function callsIn(text: string): SourceCallFact[] {
  const input = { name: 'a.py', path: 'a.py', checkTime: () => {}, neighbours: null, wanted: ['source.call'] as const };
  return [...inspectSource(new TextEncoder().encode(text), input)].flatMap((fact) =>
    fact.kind === 'source.call' ? [fact] : [],
  );
}

test.each(['\n', '#\n', '\\\n'])('millions of %j before the bracket that closes a call take no argument', (filler) => {
  const [call] = callsIn(`import torch\ntorch.load("x"${filler.repeat(sized(5_000_000, 500_000))})\n`);
  expect(call?.target).toBe('torch.load');
  expect(call?.insertAt).toBeNull();
});

const COUNTS: readonly (readonly [number, number, string | null])[] = [
  [MAX_SOURCE_FACTS - 1, 1, null],
  [MAX_SOURCE_FACTS, 0, `more than ${MAX_SOURCE_FACTS} calls and loads to tell of in one source`],
  [MAX_SOURCE_FACTS + 1, 0, `more than ${MAX_SOURCE_FACTS} calls and loads to tell of in one source`],
];

test.each(COUNTS.slice(sized(0, 1), sized(3, 2)))(
  '%i calls and one flow: a source has so many facts, and says so where it has more',
  (calls, flows, reason) => {
    const text = `import pickle, socket, torch\npickle.loads(socket.create_connection(a).recv(9))\n${'torch.load(b)\n'.repeat(calls)}`;
    const wanted = ['source.call', 'source.flow'] as const;
    const found = inspectSource(new TextEncoder().encode(text), {
      name: 'a.py',
      path: 'a.py',
      checkTime: () => {},
      neighbours: null,
      wanted,
    });
    const counts = { 'source.call': 0, 'source.flow': 0 };
    let next = found.next();
    for (; next.done !== true; next = found.next()) counts[next.value.kind] += 1;
    expect(counts).toEqual({ 'source.call': MAX_SOURCE_FACTS - flows, 'source.flow': flows });
    expect(next.value).toEqual(reason === null ? null : { offset: 0, cause: 'limit', reason });
  },
);
