import { InputError } from '../model/errors.js';
import { decodeSource, sourceOf, type SourceText } from './source.js';

/** A code cell as Python: magics and shell lines are blanked out, so that lines and columns stay. */
export interface NotebookCell {
  /** 1-based, counting all cells as editors do. */
  readonly number: number;
  readonly source: SourceText;
  /** Offset of the first line in `joinCells`' text. */
  readonly start: number;
}

/** All code cells as one source, since they share one namespace. */
export interface Notebook {
  readonly text: string;
  readonly cells: readonly NotebookCell[];
  /** What cells give to a shell: lines behind `!`, and cells of a shell. */
  readonly commands: readonly ShellCommand[];
}

export interface ShellCommand {
  readonly text: string;
  readonly cell: number;
  /** Of the cell, from 1. */
  readonly line: number;
}

/** `%matplotlib inline`, `!pip install x`, `?name` (IPython, core/inputtransformer2.py). */
const MAGIC_LINE = /^[ \t]*(?:%{1,2}[A-Za-z_]|!|\?)/;
/** `name?`, `name.attribute??`: nothing that calls anything stands before the question marks. */
const HELP_LINE = /^[ \t]*[\w.*%]+\?{1,2}[ \t]*$/;
/** Cell magics whose cell is Python all the same. */
const PYTHON_CELLS = new Set(['time', 'timeit', 'capture', 'prun', 'python', 'python3', 'pypy', 'mypy', 'debug']);
/** What may stand to the left of `= !command` and `= %magic`. */
const TARGETS = /^[\w.,[\]'" \t]+$/;

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
  const commands: ShellCommand[] = [];
  let start = 0;
  for (const [i, cell] of cells.entries()) {
    const source = codeOf(cell);
    if (source === null) continue;
    for (const command of commandsOf(source, i + 1)) commands.push(command);
    const python = withoutMagics(source);
    found.push({ number: i + 1, source: sourceOf(python), start });
    parts.push(python);
    start += python.length + 1;
  }
  return { text: parts.join('\n'), cells: found, commands };
}

/** Cell number, and line and column within the cell, of an offset in the text of the notebook. */
export function cellPosition(notebook: Notebook, at: number): { cell: number; line: number; column: number } {
  const { cells } = notebook;
  let low = 0;
  let high = cells.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((cells[middle]?.start ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  const cell = cells[low];
  if (cell === undefined || cell.start > at) return { cell: 1, line: 1, column: 1 };
  const { line, column } = cell.source.position(at - cell.start);
  return { cell: cell.number, line, column };
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

/** `%%bash` and its kin: the cell is a script of a shell. */
const SHELL_CELLS = new Set(['bash', 'sh', 'system', 'sx', 'cmd', 'script']);
/** `!command`, `!!command`, `%sx command`, `x = !command`. */
const SHELL_LINE = /^(?:[ \t]*|[\w.,[\]'" \t]+=[ \t]*)(?:!{1,2}|%(?:sx|system)[ \t])(?!=)/;

function* commandsOf(source: string, cell: number): Generator<ShellCommand> {
  const magic = /^\s*%%(\w+|!)/.exec(source)?.[1];
  if (magic !== undefined && (magic === '!' || SHELL_CELLS.has(magic))) {
    yield { text: source, cell, line: 1 };
    return;
  }
  let line = 0;
  for (const text of source.split('\n')) {
    line += 1;
    const mark = text.includes('!') || text.includes('%s') ? SHELL_LINE.exec(text) : null;
    if (mark !== null) yield { text: text.slice(mark[0].length), cell, line };
  }
}

function withoutMagics(source: string): string {
  const cellMagic = /^\s*%%(\w+)/.exec(source)?.[1];
  if (cellMagic !== undefined && !PYTHON_CELLS.has(cellMagic)) return source.replaceAll(/[^\r\n]/g, ' ');
  return source
    .split(/(?<=\n)/)
    .map((line) => {
      let to = line.length;
      while (to > 0 && '\r\n'.includes(line.charAt(to - 1))) to -= 1;
      return pythonLine(line.slice(0, to)) + line.slice(to);
    })
    .join('');
}

/** One line as Python, as long as it was or shorter. */
function pythonLine(code: string): string {
  const timed = timedCode(code);
  if (timed !== null) return timed;
  const equals = code.indexOf('=');
  const behind = equals < 0 ? '' : code.slice(equals + 1).trimStart();
  if (/^[!%][^=]/.test(behind) && TARGETS.test(code.slice(0, equals))) {
    const start = code.length - behind.length;
    return `${code.slice(0, start)}None${' '.repeat(Math.max(0, behind.length - 4))}`;
  }
  if (!MAGIC_LINE.test(code) && !HELP_LINE.test(code)) return code;
  return `${/^[ \t]*/.exec(code)?.[0] ?? ''}pass`;
}

const TIMED = /[ \t]*%(?:time|timeit|prun)\b/y;
const OPTION = /[ \t]+-\w+(?:[ \t]+\d+\b)?/y;
const CODE = /[ \t]+\S/y;

/** `%time f(x)`: what follows the magic and its options is Python. */
function timedCode(code: string): string | null {
  const matches = (pattern: RegExp, at: number): boolean => {
    pattern.lastIndex = at;
    return pattern.test(code);
  };
  if (!matches(TIMED, 0)) return null;
  let at = TIMED.lastIndex;
  let before = at;
  for (; matches(OPTION, at); at = OPTION.lastIndex) before = at;
  // Without anything behind it the last option is what is run.
  if (!matches(CODE, at)) at = before;
  if (!matches(CODE, at)) return null;
  const indent = /^[ \t]*/.exec(code)?.[0] ?? '';
  const rest = code.slice(at).trimStart();
  return `${indent}${rest}${' '.repeat(code.length - indent.length - rest.length)}`;
}
