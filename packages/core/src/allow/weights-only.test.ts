import { describe, expect, test } from 'vitest';
import { identity } from '../../test/fact-kit.js';
import type { TorchLoadFact, TorchRefusal } from '../model/fact.js';
import { weightsOnlyReport } from './weights-only.js';

function load(more: Partial<TorchLoadFact> = {}): TorchLoadFact {
  return {
    kind: 'torch.load',
    at: { path: 'a.pt', offset: 0, line: null },
    identity: identity(more),
    checkpoint: 'a.pt',
    format: 'zip',
    torch: '2.9',
    outcome: 'loads',
    refusals: [],
    moreRefusals: 0,
    safeGlobals: null,
    listMayLack: false,
    hopeless: null,
    remarks: [],
    ...more,
  };
}

const refusal: TorchRefusal = {
  path: 'a.pt',
  offset: 3,
  opcode: 'GLOBAL',
  global: 'm.Net',
  reason: 'not listed',
  listable: true,
};
const INSTEAD = 'Ask for a state dict as torch.save writes it, or for safetensors.';

describe('no checkpoint', () => {
  test.each<[string, TorchLoadFact[]]>([
    ['no fact', []],
    ['a plain pickle with which every loader of PyTorch fails', [load({ format: 'pickle', outcome: 'fails' })]],
  ])('%s', (_name, facts) => {
    expect(weightsOnlyReport('a.pt', facts)).toBeNull();
  });
});

test.each<[string, TorchLoadFact]>([
  ['a plain pickle that PyTorch refuses', load({ format: 'pickle', outcome: 'refused' })],
  ['a checkpoint with which it fails', load({ outcome: 'fails' })],
])('%s is reported', (_name, fact) => {
  expect(weightsOnlyReport('a.pt', [fact])?.outcome).toBe(fact.outcome);
});

test.each<[TorchLoadFact['outcome'][], TorchLoadFact['outcome']]>([
  [['loads', 'loads'], 'loads'],
  [['loads', 'unknown'], 'unknown'],
  [['unknown', 'fails', 'loads'], 'fails'],
  [['fails', 'loads', 'refused', 'unknown'], 'refused'],
])('the worst of %j is %s', (outcomes, worst) => {
  const facts = outcomes.map((outcome, i) => load({ checkpoint: `x.zip!${i}.pt`, outcome }));
  expect(weightsOnlyReport('x.zip', facts)?.outcome).toBe(worst);
});

test('of a file that is a checkpoint itself, those inside it do not count', () => {
  const facts = [load({ checkpoint: 'a.pt!inner.pt', outcome: 'refused' }), load({ remarks: ['own'] })];
  expect(weightsOnlyReport('a.pt', facts)).toMatchObject({ outcome: 'loads', remarks: ['own'] });
});

describe('the list', () => {
  const refused = (more: Partial<TorchLoadFact>): TorchLoadFact => load({ outcome: 'refused', ...more });
  const why = { global: 'os.system', why: expect.any(String) as string };

  test.each<[string, TorchLoadFact[], unknown]>([
    [
      'of several checkpoints, each name once, with every refusal and each remark once',
      [
        refused({ safeGlobals: ['m.A', 'm.B'], refusals: [refusal], remarks: ['r'] }),
        refused({ checkpoint: 'b', safeGlobals: ['m.B', 'm.C'], refusals: [refusal], remarks: ['r', 's'] }),
      ],
      {
        safeGlobals: ['m.A', 'm.B', 'm.C'],
        withheld: null,
        refusals: [refusal, refusal],
        remarks: ['With torch.serialization.safe_globals([m.A, m.B, m.C]) PyTorch takes it.', 'r', 's'],
      },
    ],
    [
      'may lack a name',
      [refused({ safeGlobals: ['m.A'] }), refused({ listMayLack: true })],
      { remarks: [expect.stringContaining('gets further, and may refuse another name')] },
    ],
    [
      'holds a name that is withheld: none is proposed',
      [refused({ safeGlobals: ['m.A'] }), refused({ safeGlobals: ['os.system'] })],
      {
        safeGlobals: null,
        withheld: { list: ['m.A', 'os.system'], names: [why] },
        remarks: [expect.stringContaining('does not propose os.system is its own choice')],
      },
    ],
    [
      'does not help one of them',
      [refused({ safeGlobals: ['m.A'] }), refused({ hopeless: 'it is cut' })],
      { safeGlobals: null, withheld: null, remarks: [`No list of safe globals helps: it is cut. ${INSTEAD}`] },
    ],
    ['is empty: there is none', [refused({ safeGlobals: [] })], { safeGlobals: null, remarks: [INSTEAD] }],
  ])('%s', (_name, facts, expected) => {
    const inArchive = facts.map((fact, i) => ({ ...fact, checkpoint: `x.zip!${i}` }));
    expect(weightsOnlyReport('x.zip', inArchive)).toMatchObject({
      torch: '2.9',
      outcome: 'refused',
      ...Object(expected),
    });
  });
});
