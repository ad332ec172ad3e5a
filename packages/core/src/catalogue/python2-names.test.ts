import { expect, test } from 'vitest';
import { mapPython2Name } from './lookup.js';

test('a name of its own comes first, then its module', () => {
  expect(mapPython2Name('__builtin__', 'xrange')).toEqual({ module: 'builtins', name: 'range' });
  expect(mapPython2Name('__builtin__', 'eval')).toEqual({ module: 'builtins', name: 'eval' });
  expect(mapPython2Name('copy_reg', '_reconstructor')).toEqual({ module: 'copyreg', name: '_reconstructor' });
  expect(mapPython2Name('commands', 'getoutput')).toEqual({ module: 'subprocess', name: 'getoutput' });
  expect(mapPython2Name('cPickle', 'loads')).toEqual({ module: 'pickle', name: 'loads' });
  expect(mapPython2Name('urllib', 'urlopen')).toEqual({ module: 'urllib.request', name: 'urlopen' });
});

test('other names stay', () => {
  expect(mapPython2Name('urllib', 'other')).toBeNull();
  expect(mapPython2Name('exceptions', 'Mine')).toBeNull();
  expect(mapPython2Name('os', 'system')).toBeNull();
});
