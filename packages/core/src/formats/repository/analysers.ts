import { importEffects } from '../../import-effects/import-effects.js';
import { LimitError, InputError } from '../../model/errors.js';
import { PythonModule } from '../../python/module.js';
import { cellPosition, readNotebook, type Notebook } from '../../python/notebook.js';
import type { PythonEffect, RepoPythonFact } from '../../model/repository.js';

/** What was found, and why not all of the source could be read. */
export interface Analysed {
  readonly found: readonly PythonEffect[];
  readonly more: number;
  /** Null where all of it was read. */
  readonly gap: RepoPythonFact['gap'];
}

/**
 * What a Python source does when it is imported, or run (`isProgram`), and in its classes: which of them a loader uses is not
 * known here.
 */
export function pythonEffects(bytes: Uint8Array, isProgram: boolean, checkTime: () => void): Analysed {
  return effectsOf(PythonModule.read(bytes, { checkTime }), isProgram);
}

/** Characters of a command that are shown; what it is was seen in all of it. */
const SHOWN_COMMAND = 80;

/** What the cells of a notebook do when they are run, all of them and in their order. */
export function notebookEffects(bytes: Uint8Array, checkTime: () => void): Analysed {
  let notebook: Notebook;
  try {
    notebook = readNotebook(bytes);
  } catch (error) {
    if (!(error instanceof InputError) && !(error instanceof LimitError)) throw error;
    return {
      found: [],
      more: 0,
      gap: { cause: error instanceof LimitError ? 'limit' : error.fault, reason: error.message },
    };
  }
  const analysed = effectsOf(PythonModule.readText(notebook.text, { checkTime }), true, (offset) =>
    cellPosition(notebook, offset),
  );
  const commands = notebook.commands.map(({ text, cell, line }): PythonEffect => ({
    kind: isPackedCommand(text) ? 'decoded-payload' : 'process',
    name: 'a shell',
    detail: text.trim().slice(0, SHOWN_COMMAND),
    isCalled: true,
    when: 'import',
    route: [],
    line,
    cell,
  }));
  return { ...analysed, found: [...analysed.found, ...commands] };
}

const SHELL = /\|\s*(?:sudo\s+)?(?:\/bin\/|\/usr\/bin\/)?(?:ba|z|da|k)?sh\b/;

/** A shell that is given what was packed into the text, or a connection: no honest notebook has it. */
function isPackedCommand(text: string): boolean {
  if (text.includes('/dev/tcp/') || text.includes('/dev/udp/')) return true;
  return /base64|xxd|openssl enc/.test(text) && SHELL.test(text);
}

function effectsOf(
  module: PythonModule,
  isProgram: boolean,
  cellAt: (offset: number) => { readonly cell: number; readonly line: number } | null = () => null,
): Analysed {
  const classes = [...module.definitions].flatMap(([name, { kind }]) => (kind === 'class' ? [name] : []));
  const { effects, moreEffects, incomplete } = importEffects(module, classes, isProgram);
  const [gap] = incomplete;
  const found = effects.map(({ kind, name, detail, certainty, when, route, line, offset }): PythonEffect => {
    const isCalled = certainty !== 'open';
    const at = cellAt(offset);
    const shared = {
      kind,
      name,
      detail,
      isCalled,
      when: when.kind === 'import' ? ('import' as const) : ('load' as const),
      route,
    };
    return at === null ? { ...shared, line } : { ...shared, line: at.line, cell: at.cell };
  });
  return {
    found,
    more: moreEffects,
    gap:
      gap === undefined ? null : { cause: gap.limit ? 'limit' : 'corrupt', reason: `${gap.reason} (line ${gap.line})` },
  };
}
