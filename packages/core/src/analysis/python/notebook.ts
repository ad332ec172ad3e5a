import { InputError } from '../../model/errors.js';
import { decodeSource } from './source.js';

/** A code cell as Python: magics and shell lines are blanked out, so that lines and columns stay. */
export interface NotebookCell {
  /** 1-based, counting all cells as editors do. */
  readonly number: number;
  readonly text: string;
  /** Offset of the first line in `joinCells`' text. */
  readonly start: number;
}

/** All code cells as one source, since they share one namespace. */
export interface Notebook {
  readonly text: string;
  readonly cells: readonly NotebookCell[];
}

/** `%matplotlib inline`, `!pip install x`, `?name`, `name?`, `%%bash` … (IPython, core/inputtransformer2.py). */
const MAGIC_LINE = /^[ \t]*(?:%{1,2}[A-Za-z_]|!|\?|.*\?[ \t]*$)/;
/** Cell magics whose cell is Python all the same. */
const PYTHON_CELLS = new Set(['time', 'timeit', 'capture', 'prun', 'python', 'python3', 'pypy', 'mypy', 'debug']);
/** `name = !command`, `name = %magic` */
const ASSIGNED_MAGIC = /^([ \t]*[\w.,[\]'" \t]+=[ \t]*)([!%][^=].*)$/;

/** A notebook is JSON with its cells in `cells` (nbformat 4) or in `worksheets` (3). */
export function readNotebook(bytes: Uint8Array): Notebook {
  const { text } = decodeSource(bytes);
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new InputError(`no notebook: ${error.message}`, 0);
  }
  const cells = cellsOf(data);
  if (cells === null) throw new InputError('no notebook: there is no list of cells', 0);
  const found: NotebookCell[] = [];
  const parts: string[] = [];
  let start = 0;
  for (const [i, cell] of cells.entries()) {
    const source = codeOf(cell);
    if (source === null) continue;
    const python = withoutMagics(source);
    found.push({ number: i + 1, text: python, start });
    parts.push(python);
    start += python.length + 1;
  }
  return { text: parts.join('\n'), cells: found };
}

/** Cell number, and line and column within the cell, of an offset in the text of the notebook. */
export function cellPosition(notebook: Notebook, at: number): { cell: number; line: number; column: number } {
  const cell = notebook.cells.findLast(({ start }) => start <= at);
  if (cell === undefined) return { cell: 1, line: 1, column: 1 };
  const before = cell.text.slice(0, at - cell.start);
  const lines = before.split(/\r\n|\r|\n/);
  return { cell: cell.number, line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): readonly unknown[] | null {
  return Array.isArray(value) ? value : null;
}

function cellsOf(data: unknown): readonly unknown[] | null {
  if (!isRecord(data)) return null;
  const cells = listOf(data['cells']);
  if (cells !== null) return cells;
  const sheets = listOf(data['worksheets']);
  return sheets?.flatMap((sheet) => (isRecord(sheet) ? (listOf(sheet['cells']) ?? []) : [])) ?? null;
}

function codeOf(cell: unknown): string | null {
  if (!isRecord(cell) || cell['cell_type'] !== 'code') return null;
  const source = cell['source'] ?? cell['input'];
  if (typeof source === 'string') return source;
  return Array.isArray(source) ? source.filter((line) => typeof line === 'string').join('') : null;
}

function withoutMagics(source: string): string {
  const cellMagic = /^\s*%%(\w+)/.exec(source)?.[1];
  if (cellMagic !== undefined && !PYTHON_CELLS.has(cellMagic)) return source.replaceAll(/[^\r\n]/g, ' ');
  return source
    .split(/(?<=\n)/)
    .map((line) => {
      const code = line.replace(/[\r\n]+$/, '');
      const end = line.slice(code.length);
      // `%time f(x)`: what follows is Python.
      const timed = /^([ \t]*)(%(?:time|timeit|prun)\b(?:[ \t]+-\w+(?:[ \t]+\d+)?)*)([ \t]+\S.*)$/.exec(code);
      if (timed !== null) {
        const [, indent = '', magic = '', rest = ''] = timed;
        return `${indent}${rest.trimStart()}${' '.repeat(magic.length + rest.length - rest.trimStart().length)}${end}`;
      }
      const assigned = ASSIGNED_MAGIC.exec(code);
      if (assigned !== null)
        return `${assigned[1] ?? ''}None${' '.repeat(Math.max(0, (assigned[2] ?? '').length - 4))}${end}`;
      if (!MAGIC_LINE.test(code) || /^[ \t]*#/.test(code)) return line;
      return `${/^[ \t]*/.exec(code)?.[0] ?? ''}pass${end}`;
    })
    .join('');
}
