/** Writes what the rules for Python source ask: sinks, sources, entry points, and the lists beside them. */
import { blocksOf, field, groupBy, HEAD, quoted, words } from './blocks.js';
import type { Kind } from './kinds.js';
import type { Block, Table } from './table.js';

const REFERENCE = /^[A-Z][A-Z_\d]*$/;

/** What stands around the entries of a pattern that are joined. */
const JOINED: Readonly<Record<string, readonly [string, string]>> = {
  whole: ['/^(?:', ')$/'],
  words: ['/\\b(?:', ')\\b/'],
};

/** The regular expressions of the tables, with `<NAME>` and references put in. */
class Patterns {
  readonly #named = new Map<string, string>();
  readonly #used = new Set<string>();

  constructor(blocks: readonly Block[]) {
    for (const block of blocks) {
      const own = words(block);
      const [begin, end] = JOINED[field(block, 'joined')] ?? [];
      if (begin === undefined && own.length !== 1) throw new Error(`${field(block, 'name')} is not one pattern`);
      const text = begin === undefined ? own[0] : `${begin}${own.map((one) => one.slice(1, -1)).join('|')}${end}`;
      this.#named.set(field(block, 'name'), text ?? '');
    }
  }

  /** A literal; throws for what is no regular expression, and for names of none. */
  literal(text: string): string {
    const named = (name: string): string => {
      const known = this.#named.get(name);
      if (known === undefined) throw new Error(`${name} is no pattern`);
      this.#used.add(name);
      return known;
    };
    const own = REFERENCE.test(text) ? named(text) : text;
    const whole = own.replaceAll(/<([A-Z][A-Z_]*)>/g, (_, name: string) => named(name).slice(1, -1));
    const end = whole.lastIndexOf('/');
    return String(new RegExp(whole.slice(1, end), whole.slice(end + 1)));
  }

  /** Those that nothing else is made of. */
  *exported(): Generator<readonly [name: string, literal: string]> {
    const literals = [...this.#named.keys()].map((name) => [name, this.literal(this.#named.get(name) ?? '')] as const);
    for (const [name, literal] of literals) if (!this.#used.has(name)) yield [name, literal];
  }
}

const constant = (kind: string): string => kind.toUpperCase().replaceAll('-', '_');
const camel = (name: string): string => name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
const list = (own: readonly string[]): string => quoted(own.join(' '));

/** An object of the fields that are there. */
function row(fields: readonly (readonly [name: string, value: string])[]): string {
  return `  { ${fields.flatMap(([name, value]) => (value === '' ? [] : [`${name}: ${value}`])).join(', ')} },\n`;
}

/** What every source is searched for has a file of its own: a plain scan loads no more. */
const WATCHED = 'python-source/watched.txt';
const FOLDER = 'python-source/';

/** Lists of words, as constants. */
export function wordLists(tables: readonly Table[]): string {
  return [...groupBy(blocksOf(tables, 'word'), (block) => field(block, 'list'))]
    .map(([name, own]) => {
      const all = `${list(own.flatMap(words))}.split(' ')`;
      return own.some((block) => field(block, 'as') === 'list')
        ? `export const ${name}: readonly string[] = ${all};\n`
        : `export const ${name}: ReadonlySet<string> = new Set(${all});\n`;
    })
    .join('');
}

/** The names that the inspection of source gives facts for. */
export function watchedNames(tables: readonly Table[]): string {
  const same = (is: string): string =>
    blocksOf(tables, 'same')
      .filter((block) => field(block, 'is') === is)
      .flatMap(({ entries }) =>
        entries.map((entry) => `  [${quoted(entry.words.join(' '))}, ${quoted(entry.text)}],\n`),
      )
      .join('');
  const own = tables.filter((table) => table.path === WATCHED);
  const patterns = new Patterns(blocksOf(own, 'pattern'));
  const loaders = blocksOf(own, 'loader-words').flatMap(({ entries }) =>
    entries.map((entry) => `  [${entry.words.map((one) => patterns.literal(one)).join(', ')}],\n`),
  );
  return `${HEAD}
export const SAME: readonly (readonly [string, string])[] = [
${same('name')}];

export const SAME_BELOW: readonly (readonly [string, string])[] = [
${same('prefix')}];

${wordLists(own)}
export const LOADER_WORDS: readonly (readonly RegExp[])[] = [
${loaders.join('')}];

${[...patterns.exported()].map(([name, literal]) => `export const ${name} = ${literal};\n`).join('')}`;
}

/** What names do in a program that is imported. */
export function effects(tables: readonly Table[]): string {
  const rows = blocksOf(tables, 'effect').map((block) =>
    row([
      ['kind', quoted(field(block, 'kind'))],
      ['modules', quoted(field(block, 'modules'))],
      ['names', list(words(block))],
    ]),
  );
  const methods = blocksOf(tables, 'effect-method').flatMap((block) =>
    words(block).map((name) => `  [${quoted(name)}, ${quoted(field(block, 'kind'))}],\n`),
  );
  return `${HEAD}import type { EffectRow } from '../source-rows.js';

export const EFFECTS: readonly EffectRow[] = [
${rows.join('')}];

export const EFFECT_METHODS: ReadonlyMap<string, EffectRow['kind']> = new Map<string, EffectRow['kind']>([
${methods.join('')}]);

${wordLists(tables.filter((table) => table.path === 'effects.txt'))}`;
}

/** All else of Python source in one file: the part of the program that reads source loads it as a whole. */
export function pythonSource(all: readonly Table[]): string {
  const tables = all.filter(({ path }) => path.startsWith(FOLDER) && path !== WATCHED);
  const patterns = new Patterns(blocksOf(tables, 'pattern'));
  const kinds = new Set<string>();
  const optional = (block: Block, name: string): string =>
    field(block, name) === '' ? '' : patterns.literal(field(block, name));
  const kindOf = (block: Block): string => {
    if (!kinds.has(field(block, 'kind'))) throw new Error(`${field(block, 'kind')} is no kind of source`);
    return constant(field(block, 'kind'));
  };
  const rowsOf = (kind: Kind, fieldsOf: (block: Block) => readonly (readonly [string, string])[]): string =>
    blocksOf(tables, kind)
      .map((block) => row(fieldsOf(block)))
      .join('');
  /** One row for each pattern. */
  const patternRows = (kind: Kind, fieldsOf: (block: Block) => readonly (readonly [string, string])[], name = 'path') =>
    blocksOf(tables, kind)
      .flatMap((block) => words(block).map((one) => row([[name, patterns.literal(one)], ...fieldsOf(block)])))
      .join('');
  const sourceKinds = blocksOf(tables, 'source-kind').flatMap(({ entries }) =>
    entries.map(({ words: [name = '', reach = '', flag], text }) => {
      kinds.add(name);
      const more = flag === undefined ? '' : `, ${flag}: true`;
      // The flow gives these by itself: to the function that the call was given, and to what a collective fills.
      return `${flag === 'decodes' || name === 'tensor' ? 'export ' : ''}const ${constant(name)}: SourceKind = { reach: '${reach}', protocol: ${quoted(text)}${more} };\n`;
    }),
  );
  const sinks = patternRows('sink', (block) => [
    ['family', quoted(field(block, 'family'))],
    ['takes', quoted(field(block, 'takes'))],
    ['argument', field(block, 'argument') === '' ? '0' : field(block, 'argument')],
    ['keywords', `${list(field(block, 'keywords').split(' '))}.split(' ')`],
    ['switch', field(block, 'switch') === '' ? '' : quoted(field(block, 'switch'))],
  ]);
  const receiving = rowsOf('receiving-sink', (block) => {
    const sink = `{ family: ${quoted(field(block, 'family'))}, name: ${quoted(field(block, 'name'))}, takes: 'bytes', argument: -1, keywords: [] }`;
    return [
      ['names', list(words(block))],
      ['sink', sink],
      ['on', optional(block, 'on')],
      ['named', optional(block, 'named')],
      ['imports', optional(block, 'imports')],
    ];
  });
  const members = rowsOf('source-member', (block) => [
    ['names', list(words(block))],
    ['kind', kindOf(block)],
    ['use', quoted(field(block, 'use'))],
    ...(['on', 'named', 'imports'] as const).map((name) => [name, optional(block, name)] as const),
  ]);
  const calls = patternRows('source-call', (block) => [['kind', kindOf(block)]]);
  const paths = patternRows('source-path', (block) => [['kind', kindOf(block)]]);
  const entryPoints = rowsOf('entry-point', (block) => [
    ['kind', kindOf(block)],
    ...['decorator', 'base', 'class-decorator', 'name', 'shape', 'imports', 'filled'].map(
      (name) => [camel(name), optional(block, name)] as const,
    ),
  ]);
  const callbacks = blocksOf(tables, 'callback').flatMap((block) =>
    words(block).map((name) => `  ${name}: ${kindOf(block)},\n`),
  );
  const callbackMembers = rowsOf('callback-member', (block) => [
    ['names', list(words(block))],
    ['kind', kindOf(block)],
    ['on', optional(block, 'on')],
    ['at', field(block, 'at')],
    ['keyword', quoted(field(block, 'keyword'))],
    ['gives', field(block, 'gives') === 'all' ? "'all'" : field(block, 'gives')],
  ]);
  const parameters = patternRows(
    'named-parameter',
    (block) => [
      ['imports', optional(block, 'imports')],
      ['shape', optional(block, 'shape')],
      ['path', quoted(field(block, 'path'))],
    ],
    'name',
  );
  const higherOrder = patternRows('higher-order', (block) => [['at', field(block, 'at')]]);
  const origins = patternRows('path-origin', (block) => [['gives', quoted(field(block, 'gives'))]]);
  const loaded = blocksOf(tables, 'loaded-argument').flatMap((block) =>
    words(block).map(
      (name) =>
        `  ${quoted(name)}: { position: ${field(block, 'position')}, keyword: ${quoted(field(block, 'keyword'))} },\n`,
    ),
  );
  const own = [...patterns.exported()].map(([name, literal]) => `export const ${name} = ${literal};\n`);
  return `${HEAD}import type { CallbackMember, EntryPoint, LoadedArgument, NamedParameter, PathOriginRow, PathRow, ReceivingSink, SinkRow, SourceKind, SourceMember, SourceRow } from '../source-rows.js';

${sourceKinds.join('')}
export const SINKS: readonly SinkRow[] = [
${sinks}];

export const RECEIVING_SINKS: readonly ReceivingSink[] = [
${receiving}];

export const SOURCE_MEMBERS: readonly SourceMember[] = [
${members}];

export const SOURCE_CALLS: readonly SourceRow[] = [
${calls}];

export const SOURCE_PATHS: readonly SourceRow[] = [
${paths}];

export const ENTRY_POINTS: readonly EntryPoint[] = [
${entryPoints}];

export const CALLBACKS: Readonly<Record<string, SourceKind>> = {
${callbacks.join('')}};

export const CALLBACK_MEMBERS: readonly CallbackMember[] = [
${callbackMembers}];

export const NAMED_PARAMETERS: readonly NamedParameter[] = [
${parameters}];

export const HIGHER_ORDER: readonly PathRow[] = [
${higherOrder}];

export const LOADED_ARGUMENT: Readonly<Record<string, LoadedArgument>> = {
${loaded.join('')}};

export const PATH_ORIGINS: readonly PathOriginRow[] = [
${origins}];

${wordLists(tables)}
${own.join('')}`;
}
