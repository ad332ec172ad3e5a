import { expect, test } from 'vitest';
import { InputError } from '../model/errors.js';
import { PythonModule } from './module.js';
import { cellPosition, readNotebook } from './notebook.js';

const notebook = (data: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(data));

test('code cells with magics, as one module', () => {
  const book = readNotebook(
    notebook({
      cells: [
        { cell_type: 'markdown', source: ['# torch.load(x)'] },
        { cell_type: 'code', source: ['%matplotlib inline\n', 'import torch\n', '!pip install "x"\n'] },
        { cell_type: 'code', source: '%%bash\ntorch.load(y)' },
        {
          cell_type: 'code',
          source: 'files = !ls "\n%time model = torch.load(z)\nif x:\n    !rm (\ntorch.load?\ntorch.load(w)',
        },
      ],
    }),
  );
  const module = PythonModule.readText(book.text);
  expect(module.problems).toEqual([]);
  expect(module.calls.map(({ call }) => cellPosition(book, call.from))).toEqual([
    { cell: 4, line: 2, column: 9 },
    { cell: 4, line: 6, column: 1 },
  ]);
});

test('notebooks of format 3', () => {
  const book = readNotebook(notebook({ worksheets: [{ cells: [{ cell_type: 'code', input: ['f(x)'] }] }] }));
  expect(book.text).toBe('f(x)');
});

test.each([['{'], ['[]'], ['null'], ['5'], ['"x"'], ['{"a": 1}'], ['{"cells": {}}'], ['{"worksheets": 1}']])(
  '%s is no notebook',
  (text) => {
    expect(() => readNotebook(new TextEncoder().encode(text))).toThrow(InputError);
  },
);

test('what cells give to a shell, with cell and line', () => {
  const cells = [
    '!ls\nx = 1\n  !! id\ny != 2\n"a" + "!b"',
    'files = !ls "\na, b = %sx id',
    '%%bash\nid',
    '%%time\n!ls',
    '%%script x\ny',
  ];
  const { commands } = readNotebook(notebook({ cells: cells.map((source) => ({ cell_type: 'code', source })) }));
  expect(commands.map(({ text, cell, line }) => [cell, line, text])).toEqual([
    [1, 1, 'ls'],
    [1, 3, ' id'],
    [2, 1, 'ls "'],
    [2, 2, 'id'],
    [3, 1, '%%bash\nid'],
    [4, 2, 'ls'],
    [5, 1, '%%script x\ny'],
  ]);
});

test.each<readonly [string, string]>([
  ['%time f(x)', 'f(x)      '],
  ['if a:\n    %timeit -n 10 -r2 f(x)', 'if a:\n    f(x)                  '],
  ['%prun -s x', 'x         '],
  // Without anything behind it the last option is what is run.
  ['%time -x', '-x      '],
  ['%time -a -x', '-x         '],
  ['%time', 'pass'],
  ['%timer x', 'pass'],
  ['x = !ls', 'x = None'],
  ['x = !ls -l', 'x = None  '],
  ['x = %sx a', 'x = None '],
  ['f(x) = !ls', 'f(x) = !ls'],
  ['x = a != b', 'x = a != b'],
  ['  !ls', '  pass'],
  ['%%time\nf(x)', 'pass\nf(x)'],
  ['%%html\nf(x)', '      \n    '],
  ['a?\r\nb', 'pass\r\nb'],
])('the cell %j is read as %j', (source, text) => {
  expect(readNotebook(notebook({ cells: [{ cell_type: 'code', source }] })).text).toBe(text);
});

test('cells are numbered as they lie in the notebook, and what is none is passed over', () => {
  const cells = [
    { cell_type: 'code', source: 'a' },
    null,
    [],
    { cell_type: 'code', source: 5 },
    { source: 'b' },
    { cell_type: 'code', source: [1, 'c', '\n', 'd'] },
  ];
  for (const data of [
    { cells },
    { worksheets: [5, { cells: 5 }, { cells: cells.slice(0, 3) }, { cells: cells.slice(3) }] },
  ]) {
    const book = readNotebook(notebook(data));
    expect(book.text).toBe('a\nc\nd');
    expect([0, 2, 4].map((at) => cellPosition(book, at))).toEqual([
      { cell: 1, line: 1, column: 1 },
      { cell: 6, line: 1, column: 1 },
      { cell: 6, line: 2, column: 1 },
    ]);
  }
});
