import { expect, test } from 'vitest';
import { MAX_REFUSALS } from '../model/limits.js';
import { proposed, safeGlobal } from './safe-globals.js';

test.each([
  ['builtins.frozenset', 'harmless'],
  ['builtins.dict', 'harmless'],
  ['builtins.Ellipsis', 'harmless'],
  ['_io.BytesIO', 'harmless'],
  ['torch.nn.modules.container.Sequential', 'harmless'],
  ['numpy._core.multiarray.scalar', 'harmless'],
  ['numpy.core.multiarray.scalar', 'harmless'],
  ['numpy.core.multiarray._reconstruct', 'harmless'],
  ['inspect._empty', 'harmless'],
  ['mylib.Net', 'unknown'],
  ['builtins.getattr', 'withheld'],
  ['functools.partial', 'withheld'],
  ['inspect.getsource', 'withheld'],
  ['inspect._emptyx', 'withheld'],
  ['inspect._empty.x', 'withheld'],
  ['xnumpy.core.multiarray.scalar', 'unknown'],
  ['torch.load', 'withheld'],
  ['os.system', 'withheld'],
  // Some forms of it are harmless in a pickle, and its module is on the danger list.
  ['omegaconf.dictconfig.DictConfig', 'withheld'],
])('%s on a list of safe globals: %s', (path, expected) => {
  expect(safeGlobal(path).class).toBe(expected);
});

test('says why a name is withheld, without the uses that a list cannot ask for', () => {
  expect(safeGlobal('builtins.getattr')).toEqual({
    class: 'withheld',
    why: 'Fetches an attribute by name, the usual step from a harmless object to code.',
  });
});

test('a list is proposed where no name of it is withheld', () => {
  expect(proposed(null)).toEqual({ safeGlobals: null, withheld: null });
  expect(proposed(['mylib.Net'])).toEqual({ safeGlobals: ['mylib.Net'], withheld: null });
  const list = ['mylib.Net', 'os.system'];
  const why = expect.any(String) as string;
  expect(proposed(list)).toEqual({ safeGlobals: null, withheld: { list, names: [{ global: 'os.system', why }] } });
  const many = Array.from({ length: MAX_REFUSALS + 1 }, () => 'os.system');
  expect(proposed(many).withheld?.names).toHaveLength(MAX_REFUSALS);
});
