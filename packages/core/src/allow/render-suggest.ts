import { escapeText } from '../model/escape.js';
import { palette, type Palette } from '../report/palette.js';
import { wrap } from '../report/wrap.js';
import type { FileSuggestions, Suggestion, SuggestionStatus } from './suggest.js';
import type { WeightsOnlyReport } from './weights-only.js';
import { append } from '../model/append.js';
import { MAX_SHOWN_REFUSALS } from '../model/limits.js';

export interface SuggestOptions {
  readonly color: boolean;
  /** Proposed last day of the entries, YYYY-MM-DD. */
  readonly expires: string;
  /** SHA-256 of the files by path, for the pins. */
  readonly hashes: ReadonlyMap<string, string>;
}

const WORDS: Readonly<Record<SuggestionStatus, string>> = {
  'safe-looking': 'safe-looking',
  review: 'to review',
  refused: 'refused',
};

/** What files need, for a terminal. */
export function renderSuggestions(files: readonly FileSuggestions[], options: SuggestOptions): string {
  const paint = palette(options.color);
  return `${files.map((file) => fileLines(file, options, paint).join('\n')).join('\n\n')}\n`;
}

function fileLines(file: FileSuggestions, options: SuggestOptions, paint: Palette): string[] {
  const { path, format, suggestions, incomplete, weightsOnly } = file;
  const lines = [`${paint.bold(escapeText(path))}${format === null ? '' : ` (${escapeText(format)})`}`];
  if (suggestions.length === 0) append(lines, wrap(`${NO_ENTRY}${escapeText(noteBy(weightsOnly))}`, '  '));
  for (const suggestion of suggestions) append(lines, suggestionLines(suggestion, paint));
  for (const reason of incomplete)
    append(lines, wrap(escapeText(`not read, so that there may be more: ${reason}`), '  '));
  if (suggestions.some(({ status }) => status !== 'refused')) {
    lines.push('', '  For the policy, once somebody has verified it:', '');
    append(
      lines,
      yamlLines([file], options).map((line) => `  ${line}`),
    );
  }
  if (weightsOnly !== null) append(lines, ['', ...weightsOnlyLines(weightsOnly, paint)]);
  return lines;
}

const NO_ENTRY = 'Every global in it is allowed already: it needs no entry.';

/** What an entry would still change: the finding that PyTorch refuses the checkpoint. */
function noteBy(weightsOnly: WeightsOnlyReport | null): string {
  const [first] = weightsOnly?.safeGlobals ?? [];
  return first === undefined
    ? ''
    : ` An entry for a name that PyTorch refuses, such as ${first}, makes a note of TORCH-LOAD-UNTRUSTED.`;
}

function suggestionLines({ entry, status, reason, count, called, at, check }: Suggestion, paint: Palette): string[] {
  const word = WORDS[status];
  const painted = status === 'refused' ? paint.bad(word) : status === 'review' ? paint.warn(word) : paint.good(word);
  const lines = [
    `  ${escapeText(entry)}: ${painted}  ${paint.dim(`${called ? 'called' : 'imported'}, ${count}x, first ${escapeText(at.path)} @${at.offset}`)}`,
  ];
  if (status === 'refused') append(lines, wrap(escapeText(reason), '    '));
  const source = check?.source ?? null;
  if (source === null) return lines;
  for (const { path, line, column, call, why } of source.dangers)
    append(lines, wrap(escapeText(`${path}:${line}:${column}  ${call}  ${why}`), '    '));
  for (const what of source.unseen) append(lines, wrap(escapeText(`not seen: ${what}`), '    '));
  return lines;
}

/** `allow:` entries for a policy; refused ones as comments. */
export function renderAllowYaml(files: readonly FileSuggestions[], options: SuggestOptions): string {
  return `${yamlLines(files, options).join('\n')}\n`;
}

function yamlLines(files: readonly FileSuggestions[], { expires, hashes }: SuggestOptions): string[] {
  const lines = ['allow:'];
  const comments: string[] = [];
  const byEntry = new Map<string, { suggestion: Suggestion; paths: string[] }>();
  for (const { path, suggestions } of files) {
    for (const suggestion of suggestions) {
      const known = byEntry.get(suggestion.entry);
      if (known === undefined) byEntry.set(suggestion.entry, { suggestion, paths: [path] });
      else known.paths.push(path);
    }
  }
  for (const [entry, { suggestion, paths }] of byEntry) {
    if (suggestion.status === 'refused') {
      comments.push(`# refused, no entry can allow it: ${escapeText(entry)}`);
      continue;
    }
    const [first] = paths;
    const hash = paths.length === 1 && first !== undefined ? hashes.get(first) : undefined;
    append(lines, [
      `  - entry: ${yamlText(entry)}`,
      ...(suggestion.role === 'maker' ? ['    role: maker # it is called, not only made an instance of'] : []),
      `    why: 'TODO: what calling it does, and who read its source (${WORDS[suggestion.status]})'`,
      `    owner: 'TODO'`,
      `    expires: ${expires}`,
      hash === undefined ? '    # sha256: pins the entry to one file' : `    sha256: ${hash}`,
    ]);
  }
  if (lines.length === 1) lines[0] = 'allow: []';
  return [...lines, ...comments];
}

/** Plain where YAML takes it for a text, else in double quotes. */
function yamlText(text: string): string {
  return /^[A-Za-z_][\w.]*$/.test(text) ? text : JSON.stringify(text);
}

function weightsOnlyLines(
  { torch, outcome, refusals, safeGlobals, remarks }: WeightsOnlyReport,
  paint: Palette,
): string[] {
  const said: Readonly<Record<WeightsOnlyReport['outcome'], string>> = {
    loads: paint.good('loads it'),
    refused: paint.warn('refuses it'),
    fails: paint.bad('fails on it, as every loader does'),
    unknown: paint.warn('may or may not load it'),
  };
  const lines = [`  torch.load(weights_only=True) of PyTorch ${torch} ${said[outcome]}`];
  for (const { path, offset, opcode, reason } of refusals.slice(0, MAX_SHOWN_REFUSALS))
    append(lines, wrap(escapeText(`${path} @${offset} ${opcode}: ${reason}`), '    '));
  if (refusals.length > MAX_SHOWN_REFUSALS) lines.push(`    and ${refusals.length - MAX_SHOWN_REFUSALS} more`);
  for (const remark of remarks) append(lines, wrap(escapeText(remark), '    '));
  if (safeGlobals !== null) append(lines, ['', ...safeGlobalsCode(safeGlobals).map((line) => `    ${line}`)]);
  return lines;
}

/** A name is listed by the object, and with its name in the file where that is not the object's own. */
function safeGlobalsCode(names: readonly string[]): string[] {
  const plain = names.filter((name) => /^[\p{ID_Start}_][\p{ID_Continue}.]*$/u.test(name));
  const modules = [...new Set(plain.map((name) => name.slice(0, name.lastIndexOf('.'))))].filter(
    (module) => module !== 'builtins',
  );
  const items = plain.map((name) => {
    if (name.startsWith('builtins.')) return `    ${name.slice('builtins.'.length)},`;
    const current = name.replace(/^numpy\.core\./, 'numpy._core.');
    return current === name ? `    ${name},` : `    (${current}, "${name}"),`;
  });
  const imports = modules.map((module) => `import ${module.replace(/^numpy\.core\b/, 'numpy._core')}`);
  return [...new Set(['import torch', ...imports]), 'torch.serialization.add_safe_globals([', ...items, '])'];
}
