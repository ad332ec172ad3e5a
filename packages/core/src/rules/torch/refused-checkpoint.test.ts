import { describe, expect, test } from 'vitest';
import { at, check } from '../../../test/fact-kit.js';
import type { TorchLoadFact, TorchRefusal } from '../../model/fact.js';
import rule from './load-untrusted.js';

const named = (global: string, listable = true): TorchRefusal => ({
  path: 'a.pt!a/data.pkl',
  offset: 34,
  opcode: 'GLOBAL',
  global,
  reason: `${global} is not on PyTorch's list`,
  listable,
});

const load = (more: Partial<TorchLoadFact> = {}): TorchLoadFact => ({
  kind: 'torch.load',
  at: at('a.pt!a/data.pkl', 34),
  checkpoint: 'a.pt',
  format: 'zip',
  torch: '2.13.0',
  outcome: 'refused',
  refusals: [named('mylib.Net')],
  moreRefusals: 0,
  safeGlobals: ['mylib.Net'],
  hopeless: null,
  remarks: [],
  ...more,
});

describe('TORCH-LOAD-UNTRUSTED on checkpoints', () => {
  test.each([
    ['what honest libraries name', ['collections.OrderedDict', 'numpy.dtype'], false],
    ['nothing', [], false],
    ['what the user allows', ['mylib.Net'], false],
    ['a class of somebody', ['mylib.Other'], true],
    ['what runs', ['posix.system'], true],
    ['what is computed', [''], true],
  ])('a plain pickle under a name of checkpoints counts by what it names: %s', (_name, names, fires) => {
    const fact = load({ format: 'pickle', refusals: [{ ...named('', false), global: null }], names });
    expect(check(rule, fact, ['mylib.Net']) !== undefined).toBe(fires);
  });

  test('names what is refused, where, and the list that helps', () => {
    const match = check(rule, load());
    expect(match).toMatchObject({ signal: 'weights_only refuses mylib.Net', level: 2 });
    expect(match?.message).toContain('PyTorch 2.13.0');
    expect(match?.chain).toEqual(["GLOBAL @34 mylib.Net is not on PyTorch's list", 'the smallest list: mylib.Net']);
  });

  test('says that no list helps', () => {
    const match = check(rule, load({ safeGlobals: null, hopeless: 'a state for a dict' }));
    expect(match?.message).toContain('No list of safe globals helps');
    expect(match?.chain).toContain('no list helps: a state for a dict');
  });

  test('counts what it does not list', () => {
    const refusals = Array.from({ length: 30 }, (_, i) => named(`mylib.N${i}`));
    const match = check(rule, load({ refusals, moreRefusals: 5, safeGlobals: null }));
    expect(match?.chain).toContain('15 further refusals are not listed');
    expect(match?.message).toContain('mylib.N0 and 29 more');
  });

  test('is a note where the user has allowed what the list needs', () => {
    expect(check(rule, load(), ['mylib.Net'])).toMatchObject({ quiet: true, level: 0 });
    const both = load({ safeGlobals: ['mylib.Net', 'collections.OrderedDict'] });
    expect(check(rule, both, ['mylib.Net'])).toMatchObject({ quiet: true });
    const other = load({ safeGlobals: ['mylib.Net', 'mylib.Other'] });
    expect(check(rule, other, ['mylib.Net'])?.quiet).toBeUndefined();
    expect(check(rule, load({ safeGlobals: null }), ['mylib.Net'])?.quiet).toBeUndefined();
  });

  test.each([
    ['a file that loads', load({ outcome: 'loads', refusals: [], safeGlobals: null })],
    ['TorchScript', load({ format: 'torchscript', refusals: [], safeGlobals: null })],
    ['a tar of tensors', load({ format: 'tar', refusals: [], safeGlobals: null })],
    ['a damaged file', load({ outcome: 'fails', refusals: [], safeGlobals: null })],
  ])('is quiet on %s', (_name, fact) => {
    expect(check(rule, fact)).toBeUndefined();
  });
});
