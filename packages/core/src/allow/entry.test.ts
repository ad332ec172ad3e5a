import { describe, expect, test } from 'vitest';
import { explainEntry } from './entry.js';

describe('refused', () => {
  test.each([
    ['os.system', 'process', 'os.system', /os is in the danger list, and nothing in it can be allowed\. /],
    ['torch.load', 'loader', 'torch.load', /torch\.load is in the danger list: /],
    ['builtins.getattr', 'introspection', 'builtins.getattr', /danger list.*a known member of a known class/],
    [
      'functools.partial',
      'execution',
      'functools.partial',
      /judged by its arguments.*the partial of an allowed callable/,
    ],
    ['numpy.os', 'process', 'os', /leads through numpy to os/],
    ['eval', null, null, /no dot.*danger list/],
    ['mylib', null, null, /whole modules cannot be allowed/],
    ['mylib.*', null, null, /wildcards/],
    ['torch.nn.modules.linear', null, null, /whole module/],
    ['', null, null, /empty/],
  ])('%s', (entry, hazard, listed, reason) => {
    const facts = explainEntry(entry);
    expect(facts).toMatchObject({ entry, verdict: 'refused', listed, hazard, verify: [] });
    expect(facts.reason).toMatch(reason);
  });
});

test('what the allowlist holds needs no entry, and its justification is shown', () => {
  const facts = explainEntry('torch._utils._rebuild_tensor_v2');
  expect(facts).toMatchObject({ verdict: 'unneeded', listed: 'torch._utils._rebuild_tensor_v2', verify: [] });
  expect(facts.reason).toMatch(/allows it already.*Rebuilds a tensor/);
});

test('a function that saves only store is allowed to be stored: an entry would allow its call', () => {
  const facts = explainEntry('numpy.add');
  expect(facts).toMatchObject({ verdict: 'accepted', listed: 'numpy.add' });
  expect(facts.reason).toMatch(/Storing it is allowed already; calling it otherwise is what an entry/);
});

test('an unknown name is accepted, with what has to be verified', () => {
  const facts = explainEntry('mylib.model.Net');
  expect(facts).toMatchObject({ verdict: 'accepted', listed: null, hazard: null });
  expect(facts.verify.map(({ topic }) => topic)).toEqual([
    'call',
    'state',
    'items',
    'attributes',
    'files',
    'bases',
    'reduce',
    'import',
  ]);
});
