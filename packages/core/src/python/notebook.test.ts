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

test.each([['{'], ['[]'], ['{"a": 1}']])('%s is no notebook', (text) => {
  expect(() => readNotebook(new TextEncoder().encode(text))).toThrow(InputError);
});

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
