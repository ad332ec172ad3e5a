import { expect, test } from 'vitest';
import type { SourceCallFact } from '../../model/source-fact.js';
import { inspectSource } from './inspect-source.js';

function callsIn(text: string): SourceCallFact[] {
  const input = { name: 'a.py', path: 'a.py', checkTime: () => {}, neighbours: null, wanted: ['source.call'] as const };
  return [...inspectSource(new TextEncoder().encode(text), input)].flatMap((fact) =>
    fact.kind === 'source.call' ? [fact] : [],
  );
}

test.each(['\n', '#\n', '\\\n'])('millions of %j before the bracket that closes a call take no argument', (filler) => {
  const [call] = callsIn(`import torch\ntorch.load("x"${filler.repeat(5_000_000)})\n`);
  expect(call?.target).toBe('torch.load');
  expect(call?.insertAt).toBeNull();
});
