import { expect, test } from 'vitest';
import { judgeInSource } from './danger-in-source.js';

test.each<[string, { hazard: string; primitive: boolean } | null]>([
  ['os.system', { hazard: 'process', primitive: true }],
  ['builtins.eval', { hazard: 'execution', primitive: true }],
  ['builtins.open', { hazard: 'file', primitive: true }],
  ['torch.load', { hazard: 'loader', primitive: true }],
  ['builtins.getattr', null],
  ['builtins.len', null],
  // Plain where the source chooses the arguments.
  ['functools.partial', null],
  ['logging.getLogger', null],
  ['logging.config.dictConfig', { hazard: 'file', primitive: false }],
  ['copyreg.add_extension', null],
  ['os.path.join', null],
  ['os.environ.get.x', null],
  ['os.pathology', { hazard: 'process', primitive: false }],
  ['codecs.encode', null],
  // No full name.
  ['eval', null],
  ['.system', null],
  ['..os.system', null],
  ['mylib.model.Net', null],
])('%s', (path, expected) => {
  const found = judgeInSource(path);
  expect(found === null ? null : { hazard: found.hazard, primitive: found.primitive }).toEqual(expected);
  expect(found === null || found.why.length > 10).toBe(true);
});
