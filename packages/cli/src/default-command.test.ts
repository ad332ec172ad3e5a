import { expect, test } from 'vitest';
import { withCommand } from './default-command.js';

const COMMANDS = new Set(['artifact', 'trace']);

test.each<[readonly string[], boolean]>([
  [[], false],
  [['trace', 'a.pkl'], false],
  [['artifact'], false],
  ...['help', '-h', '--help', '-V', '--version'].map((word): [readonly string[], boolean] => [[word], false]),
  [['model.pt'], true],
  [['a/b'], true],
  [['a\\b'], true],
  [['~'], true],
  [['-'], true],
  [['hf-cache:org/m'], true],
  [['HF-CACHE:org'], true],
  [['hf://org/m'], true],
  // Nothing of this name is in the working folder: it may be a command with a typing error.
  [['artefact'], false],
  [['packages'], true],
  [['nothing\0here'], false],
  [['-q'], true],
  [['--quiet', 'model.pt'], true],
  [['--quiet', 'trace'], false],
  [['--quiet', '--help'], false],
  [['-', 'trace'], true],
])('%j is of the artifact command: %s', (words, is) => {
  expect(withCommand(words, COMMANDS)).toEqual(is ? ['artifact', ...words] : words);
});
