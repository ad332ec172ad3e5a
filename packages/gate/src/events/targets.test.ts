import { expect, test } from 'vitest';
import { Targets, type Target } from './targets.ts';

interface Named extends Target {
  readonly name: string;
}

/** Targets that say what becomes of them; `bad` cannot be opened. */
function made(): { readonly said: string[]; readonly open: (name: string) => Named } {
  const said: string[] = [];
  return {
    said,
    open: (name) => {
      if (name === 'bad') throw new RangeError(name);
      said.push(`open ${name}`);
      return {
        name,
        ...(name === 'file' ? { reopen: () => 'gone' } : {}),
        close: async () => void said.push(`close ${name}`),
      };
    },
  };
}

test('each name is opened once, and stays open', async () => {
  const { said, open } = made();
  const targets = new Targets<Named>();
  const [first, again, other] = targets.get(['a', 'a', 'file'], open);
  expect([first?.name, other?.name]).toEqual(['a', 'file']);
  expect(again).toBe(first);
  expect(targets.get(['file', 'a', 'b'], open).map(({ name }) => name)).toEqual(['file', 'a', 'b']);
  expect(said).toEqual(['open a', 'open file', 'open b']);
  expect(targets.reopen()).toEqual(['gone']);
  await targets.closeBut(['b']);
  expect(said.slice(3)).toEqual(['close a', 'close file']);
  targets.get(['a', 'b'], open);
  expect(said.slice(5)).toEqual(['open a']);
});

test('all or none: what was opened before one that cannot be is closed', () => {
  const { said, open } = made();
  const targets = new Targets<Named>();
  targets.get(['a'], open);
  expect(() => targets.get(['a', 'b', 'bad'], open)).toThrow(RangeError);
  expect(said).toEqual(['open a', 'open b', 'close b']);
  targets.get(['b'], open);
  expect(said.at(-1)).toBe('open b');
});
