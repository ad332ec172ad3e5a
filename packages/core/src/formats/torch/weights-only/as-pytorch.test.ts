import { expect, test } from 'vitest';
import { WEIGHTS_ONLY } from '../../../../test/weights-only-vectors.js';
import { decideWeightsOnly } from './weights-only.js';

/** Bytes of the records that the checkpoints of the oracle have (oracles/weights-only/streams.py, `checkpoint`). */
const RECORDS: Readonly<Record<string, number>> = { 0: 8, 1: 16, 2: 64, k: 4, e: 0 };

test.each(WEIGHTS_ONLY.map(([truth, name, stream], index) => [index, truth, name, stream] as const))(
  'stream %i: PyTorch says %s, first for %j',
  (_index, truth, name, stream) => {
    const storageBytes = (key: string): number | null => RECORDS[key] ?? null;
    const decision = decideWeightsOnly(Buffer.from(stream, 'base64'), { format: 'zip', storageBytes });
    const { outcome, open, refusals } = decision;
    // What PyTorch refuses before it comes to what is open is refused for us as well.
    if (open.length > 0 && truth !== 'refused') return;
    expect(outcome).toBe(truth);
    const first = refusals[0]?.global ?? null;
    if (name !== '') expect([name, `builtins.${name}`]).toContain(first);
  },
);

test('little is left open', () => {
  const open = WEIGHTS_ONLY.filter(([, , stream]) => decideWeightsOnly(Buffer.from(stream, 'base64')).open.length > 0);
  expect(open.length).toBeLessThan(WEIGHTS_ONLY.length / 10);
});
