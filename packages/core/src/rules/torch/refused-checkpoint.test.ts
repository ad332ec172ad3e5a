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
  listMayLack: false,
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
    expect(match?.entries).toEqual([{ entry: 'mylib.Net', role: 'bare' }]);
    expect(match?.chain).toEqual(["GLOBAL @34 mylib.Net is not on PyTorch's list", 'the smallest list: mylib.Net']);
  });

  const opcode = (name: string): TorchRefusal => ({
    ...named('', false),
    global: null,
    opcode: name,
    reason: 'no opcode',
  });
  test.each<[TorchRefusal[], string]>([
    [[named('m.A')], 'for m.A. '],
    [[named('m.A'), named('m.A')], 'for m.A. '],
    [[named('m.A'), named('m.B'), named('m.C')], 'for m.A and 2 more. '],
    [[opcode('FRAME')], 'for FRAME (no opcode). '],
    [[opcode('FRAME'), opcode('FRAME'), opcode('DUP')], 'for FRAME (no opcode) and 1 more. '],
    [[opcode('FRAME'), named('m.A')], 'for m.A. '],
    [[], 'for its format. '],
  ])('%j: %s', (refusals, words) => {
    expect(check(rule, load({ refusals, safeGlobals: null, hopeless: 'x' }))?.message).toContain(words);
  });

  test('says that no list helps, why, and never to switch the protection off', () => {
    const match = check(rule, load({ safeGlobals: null, hopeless: 'a state for a dict' }));
    expect(match?.message).toContain('No list of safe globals helps: a state for a dict. Ask for a state dict');
    expect(match?.message).not.toMatch(/switch|weights_only=False/);
    expect(match?.chain).toContain('no list helps: a state for a dict');
  });

  test('says that a name is withheld by choice, and why', () => {
    const list = ['builtins.getattr', 'mylib.Net'];
    const match = check(rule, load({ safeGlobals: list }));
    expect(match).toMatchObject({ level: 2 });
    expect(match?.severity).toBeUndefined();
    expect(match?.message).toContain('PyTorch would take it with safe_globals([builtins.getattr, mylib.Net])');
    expect(match?.message).toContain('does not propose builtins.getattr is its own choice');
    expect(match?.message).toContain('the usual step from a harmless object to code. Ask for a state dict');
    expect(match?.message).not.toContain('No list');
    expect(match?.chain).toContain('not proposed: builtins.getattr');
    const several = check(rule, load({ safeGlobals: [...list, 'os.system'], listMayLack: true }));
    expect(several?.message).toContain('PyTorch may take it with');
    expect(several?.message).toContain('does not propose builtins.getattr, nor 1 more is');
  });

  test('is MEDIUM without a level where every name of the list is on the allowlist', () => {
    const match = check(rule, load({ safeGlobals: ['torch.nn.modules.container.Sequential', 'builtins.frozenset'] }));
    expect(match).toMatchObject({ severity: 'MEDIUM', level: 0 });
    expect(match?.quiet).toBeUndefined();
    expect(match?.message).toContain(
      'With torch.serialization.safe_globals([torch.nn.modules.container.Sequential, builtins.frozenset]) PyTorch takes it. All that',
    );
    const unsure = check(rule, load({ listMayLack: true }));
    expect(unsure?.message).toContain('PyTorch gets further, and may refuse another name. Without the protection');
  });

  test('a tar is refused for its format, whatever it names', () => {
    const tensors = load({
      format: 'tar',
      refusals: [],
      safeGlobals: null,
      hopeless: 'PyTorch refuses the tar format',
    });
    expect(check(rule, tensors)).toMatchObject({
      signal: 'weights_only refuses the tar format',
      severity: 'MEDIUM',
      level: 0,
    });
    expect(check(rule, tensors)?.message).toContain('refuses this checkpoint, for its format. No list of safe globals');
    expect(check(rule, { ...tensors, refusals: [named('builtins.frozenset')] })?.severity).toBe('MEDIUM');
    for (const refusals of [
      [named('mylib.Net')],
      [named('builtins.frozenset', false)],
      [{ ...named(''), global: null }],
    ])
      expect(check(rule, { ...tensors, refusals })).toMatchObject({ level: 2 });
    expect(check(rule, { ...tensors, moreRefusals: 1 })).toMatchObject({ level: 2 });
  });

  test('counts what it does not list', () => {
    const refusals = Array.from({ length: 30 }, (_, i) => named(`mylib.N${i}`));
    const match = check(rule, load({ refusals, moreRefusals: 5, safeGlobals: null }));
    expect(match?.chain).toContain('15 further refusals are not listed');
    expect(match?.message).toContain('mylib.N0 and 29 more');
  });

  test('is a note where the user has allowed what the list needs', () => {
    expect(check(rule, load(), ['mylib.Net'])).toMatchObject({ quiet: true, level: 0, allowedBy: ['mylib.Net'] });
    const both = load({ safeGlobals: ['mylib.Net', 'collections.OrderedDict'] });
    expect(check(rule, both, ['mylib.Net'])).toMatchObject({ quiet: true, allowedBy: ['mylib.Net'] });
    // What the allowlist has as well.
    const own = load({ safeGlobals: ['builtins.frozenset'] });
    expect(check(rule, own, ['builtins.frozenset'])).toMatchObject({ quiet: true, allowedBy: ['builtins.frozenset'] });
    const other = load({ safeGlobals: ['mylib.Net', 'mylib.Other'] });
    expect(check(rule, other, ['mylib.Net'])?.quiet).toBeUndefined();
    expect(check(rule, load({ safeGlobals: null }), ['mylib.Net'])?.quiet).toBeUndefined();
  });

  test.each([
    ['a file that loads', load({ outcome: 'loads', refusals: [], safeGlobals: null })],
    ['TorchScript', load({ format: 'torchscript', refusals: [], safeGlobals: null })],
    ['a damaged file', load({ outcome: 'fails', refusals: [], safeGlobals: null })],
  ])('is quiet on %s', (_name, fact) => {
    expect(check(rule, fact)).toBeUndefined();
  });
});
