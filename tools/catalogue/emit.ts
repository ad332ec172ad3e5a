/** Writes what the program reads from the tables: TypeScript whose texts are split when somebody asks for a name. */
import { blocksOf, field, groupBy, HEAD, quoted, template, words } from './blocks.js';
import type { Kind } from './kinds.js';
import { effects, pythonSource, watchedNames, wordLists } from './python-source.js';
import type { Block, Table } from './table.js';

/** `module: name name`, one line for each module. */
function namesText(pairs: Iterable<readonly string[]>): string {
  const lines = [...groupBy(pairs, ([module]) => module ?? '')].map(
    ([module, own]) => `${module}: ${own.map(([, name]) => name).join(' ')}`,
  );
  return template(lines.join('\n'));
}
const pairsOf = (block: Block): readonly (readonly string[])[] => block.entries.map((entry) => entry.words);

/** Names of one line that share what stands behind the colon. */
function sharedLines(entries: Iterable<readonly [name: string, text: string, module?: string]>): string {
  return [...groupBy(entries, ([, text, module = '']) => `${module}\n${text}`).values()]
    .map((own) => {
      const [, text, module] = own[0];
      return `${module === undefined ? '' : `${module} `}${own.map(([name]) => name).join(' ')}: ${text}`.trimEnd();
    })
    .join('\n');
}

function allowGroup(block: Block, indent: string, why = quoted(field(block, 'why'))): string {
  const stored = field(block, 'role') === 'stored' ? `${indent}  storedOnly: true,\n` : '';
  return `${indent}{\n${indent}  why: ${why},\n${stored}${indent}  names: ${namesText(pairsOf(block))},\n${indent}},\n`;
}

function allow(tables: readonly Table[]): string {
  const groups = blocksOf(tables, 'allow').map((block) => allowGroup(block, '  '));
  return `${HEAD}import type { AllowGroup } from '../rows.js';\n\nexport const ALLOW: readonly AllowGroup[] = [\n${groups.join('')}];\n`;
}

function usesText(blocks: readonly Block[]): string {
  return sharedLines(
    blocks.flatMap(({ entries }) =>
      entries.map(({ words: [name = '', exact], text }) => [exact === undefined ? name : `${name}!`, text] as const),
    ),
  );
}

function pack(table: Table): string {
  const texts: Readonly<Record<string, string>> = {
    uses: usesText(blocksOf([table], 'uses')),
    members: blocksOf([table], 'member').flatMap(words).join('\n'),
    shapes: sharedLines(
      blocksOf([table], 'shape').flatMap(({ entries }) =>
        entries.map(({ words: [module = '', name = ''], text }) => [name, text, module] as const),
      ),
    ),
  };
  return Object.entries(texts)
    .filter(([, text]) => text !== '')
    .map(([name, text]) => `      ${name}: ${template(text)},\n`)
    .join('');
}

function packNames(table: Table, reasons: readonly string[]): string {
  const groups = blocksOf([table], 'allow').map((own) =>
    allowGroup(own, '      ', `REASONS[${reasons.indexOf(field(own, 'why'))}]`),
  );
  const refused = blocksOf([table], 'refused')
    .flatMap(({ entries }) => entries.map(({ words: pair, text }) => `\n${pair.join(' ')}: ${text}`))
    .join('');
  return [
    groups.length === 0 ? '' : `      groups: [\n${groups.join('')}      ],\n`,
    refused === '' ? '' : `      refused: ${template(refused)},\n`,
  ].join('');
}

/** The rows of a map of what the packs say in one respect; those that say nothing are left out. */
function packRows(tables: readonly Table[], fieldsOf: (table: Table) => string): string {
  const list = tables.flatMap((table) => {
    const fields = fieldsOf(table);
    return blocksOf([table], 'pack').flatMap((block) =>
      fields === '' ? [] : [[field(block, 'package'), fields] as const],
    );
  });
  list.sort(([a], [b]) => (a < b ? -1 : 1));
  return list.map(([own, fields]) => `  [\n    ${quoted(own)},\n    {\n${fields}    },\n  ],\n`).join('');
}

function packs(tables: readonly Table[]): string {
  return `${HEAD}import type { Pack } from '../rows.js';\n\n/** By the package that a module belongs to. */\nexport const PACKS: ReadonlyMap<string, Pack> = new Map([\n${packRows(tables, pack)}]);\n`;
}

function namesOfPacks(tables: readonly Table[]): string {
  const own = tables.filter((table) => blocksOf([table], 'pack').length > 0);
  // Many packs give the same reason.
  const reasons = [...new Set(blocksOf(own, 'allow').map((block) => field(block, 'why')))];
  const lines = reasons.map((why) => `  ${quoted(why)},\n`).join('');
  const rows = packRows(own, (table) => packNames(table, reasons));
  return `${HEAD}import type { PackNames } from '../rows.js';\n\nconst REASONS = [\n${lines}] as const;\n\n/** By the package that a module belongs to. */\nexport const PACK_NAMES: ReadonlyMap<string, PackNames> = new Map([\n${rows}]);\n`;
}

function danger(tables: readonly Table[]): string {
  const modules = blocksOf(tables, 'danger-module').flatMap(({ entries }) =>
    entries.map(
      ({ words: [module, hazard, primitive], text }) =>
        `${module}\t${hazard}${primitive === undefined ? '' : '!'}\t${text}`,
    ),
  );
  const names = blocksOf(tables, 'danger-name').flatMap((block) =>
    [...groupBy(block.entries, ({ words: [, ...how], text }) => `${how.join(' ')}\t${text}`).values()].map((own) => {
      const [
        {
          words: [, hazard, primitive],
          text,
        },
      ] = own;
      const list = own.map((entry) => entry.words[0]).join(' ');
      return `${field(block, 'modules')}\t${list}\t${hazard}${primitive === undefined ? '' : '!'}\t${text}`;
    }),
  );
  const walks = blocksOf(tables, 'danger-walk').flatMap(words).join(' ');
  return `${HEAD}
/** Per line: module, hazard (\`!\`: calling anything in it is the attack), reason. */
export const DANGER_MODULES = ${template(modules.join('\n'))};

/** Per line: modules, names, hazard, reason. */
export const DANGER_NAMES = ${template(names.join('\n'))};

/** Modules that a walk of attributes meets. */
export const DANGER_WALKS = ${quoted(walks)};
`;
}

function conditional(tables: readonly Table[]): string {
  const rows = blocksOf(tables, 'conditional').map((block) => {
    const flags = [
      ['otherwise', field(block, 'otherwise') === '' ? '' : quoted(field(block, 'otherwise'))],
      ['judgesStates', field(block, 'judges-states') === '' ? '' : 'true'],
      ['mayBeStored', field(block, 'may-be-stored') === '' ? '' : 'true'],
    ].filter(([, value]) => value !== '');
    const texts = ['judge', 'hazard', 'why', 'shape'].map((name) => [name, quoted(field(block, name))]);
    const lines = [...texts, ...flags, ['names', namesText(pairsOf(block))]];
    return `  {\n${lines.map(([name, value]) => `    ${name}: ${value},\n`).join('')}  },\n`;
  });
  const members = tables.filter((table) => table.blocks.every((block) => block.kind !== 'pack'));
  return `${HEAD}import type { ConditionalRow } from '../rows.js';

export const CONDITIONAL: readonly ConditionalRow[] = [
${rows.join('')}];

/** \`Class member\`, one a line: what \`getattr\` may take, to store it. */
export const MEMBERS = ${template(blocksOf(members, 'member').flatMap(words).join('\n'))};
`;
}

function uses(tables: readonly Table[]): string {
  const base = tables.filter((table) => table.blocks.every((block) => block.kind !== 'pack'));
  const sections = blocksOf(base, 'uses').map((block) => {
    const ordinary = field(block, 'ordinary') === 'no' ? '    isClosed: true,\n' : '';
    return `  {\n    packages: ${quoted(field(block, 'packages'))},\n${ordinary}    lines: ${template(usesText([block]))},\n  },\n`;
  });
  return `${HEAD}import type { UseSection } from '../rows.js';\n\nexport const USES: readonly UseSection[] = [\n${sections.join('')}];\n`;
}

function nameLists(tables: readonly Table[]): string {
  const results = blocksOf(tables, 'result').map(
    (block) => `  { gives: ${quoted(field(block, 'gives'))}, names: ${namesText(pairsOf(block))} },\n`,
  );
  const nested = blocksOf(tables, 'allow')
    .flatMap(pairsOf)
    .filter(([, name]) => name?.includes('.'));
  const list = (kind: Kind): string => template(blocksOf(tables, kind).flatMap(words).join('\n'));
  const renamed = (kind: Kind): string =>
    template(
      blocksOf(tables, kind)
        .flatMap(({ entries }) => entries.map((entry) => `${entry.words.join(' ')} ${entry.text}`))
        .join('\n'),
    );
  return `${HEAD}import type { ResultRow } from '../rows.js';

/** Callables whose results are inert values. */
export const RESULTS: readonly ResultRow[] = [
${results.join('')}];

/** Classes and functions within classes that saves write. */
export const NESTED = [{ names: ${namesText(nested)} }];

/** Classes whose state sets attributes one by one, \`module.Class\`. */
export const SLOTS = ${list('slots')};

/** Names of Python 2 and what Python 3 looks up for them: module, name, module, name. */
export const RENAMED = ${renamed('renamed')};

/** Modules of Python 2 and what Python 3 imports for them. */
export const RENAMED_MODULES = ${renamed('renamed-module')};

/** Modules that no Python 3 has. */
export const PYTHON2_MODULES = ${list('python2-module')};

/** \`module name\` of what PyTorch's C++ unpickler knows. */
export const TORCHSCRIPT_NAMES = ${list('torchscript-name')};
`;
}

function weightsOnly(tables: readonly Table[]): string {
  const table = tables.find(({ blocks }) => blocks.some(({ kind }) => kind === 'weights-only'));
  const rows = blocksOf(tables, 'weights-only');
  const kinds = rows.map((block) => `  ${field(block, 'takes')}: ${quoted(words(block).join(' '))},\n`);
  const pairs = (kind: Kind): string =>
    quoted(
      blocksOf(tables, kind)
        .flatMap(({ entries }) => entries.map((entry) => `${entry.words.join('.')}=${entry.text}`))
        .join(' '),
    );
  const arity = rows.flatMap(({ entries }) =>
    entries.filter(({ text }) => text !== '').map((entry) => `${entry.words.join('.')}=${entry.text}`),
  );
  return `${HEAD}
/** What the restricted unpickler of PyTorch takes, and the names of Python 2 that it translates. */
export const WEIGHTS_ONLY_TORCH = ${quoted(table?.fields.get('torch') ?? '')};
export const WEIGHTS_ONLY_NAMES = {
${kinds.join('')}};
export const WEIGHTS_ONLY_ARITY = ${quoted(arity.join(' '))};
export const WEIGHTS_ONLY_BLOCKED = ${quoted(blocksOf(tables, 'weights-only-blocked').flatMap(words).join(' '))};
export const WEIGHTS_ONLY_RENAMED_MODULES = ${pairs('weights-only-renamed-module')};
export const WEIGHTS_ONLY_RENAMED = ${pairs('weights-only-renamed')};
`;
}

function torch(tables: readonly Table[], kind: 'torch-operator' | 'torch-namespace', by: string): string {
  const groups = groupBy(blocksOf(tables, kind), (block) => field(block, by));
  const lists = [...groups].map(([name, own]) => {
    const constant =
      kind === 'torch-operator'
        ? `${name.toUpperCase()}_OPERATORS`
        : `${name === 'classes' ? 'CLASS' : 'OPERATOR'}_NAMESPACES`;
    return `export const ${constant}: ReadonlySet<string> = new Set(\n  ${quoted(own.flatMap(words).join(' '))}.split(' '),\n);\n`;
  });
  return `${HEAD}\n${lists.join('')}`;
}

function repositories(tables: readonly Table[]): string {
  const loaders = blocksOf(tables, 'loader').map((block) => {
    const texts = ['loader', 'versions', 'reference'].map((name) => `${name}: ${quoted(field(block, name))}`);
    const runs = block.entries.map((entry) => entry.words.join(' ')).join(';');
    return `  { ${texts.join(', ')}, runs: ${quoted(runs)} },\n`;
  });
  const names = (takes: string): string =>
    template(
      blocksOf(tables, 'target')
        .filter((block) => field(block, 'takes') === takes)
        .flatMap(words)
        .join('\n'),
    );
  return `${HEAD}import type { LoaderRow } from '../rows.js';

/** In the order in which they are shown; \`reference\` is empty where the versions have no known fault. */
export const LOADERS: readonly LoaderRow[] = [
${loaders.join('')}];

export const TARGET_PACKAGES = ${names('classes')};

export const TARGET_FUNCTIONS = ${names('functions')};

export const PIPELINE_MODULES = ${template(blocksOf(tables, 'pipeline-module').flatMap(words).join('\n'))};
`;
}

const ofFile = (tables: readonly Table[], path: string): readonly Table[] =>
  tables.filter((table) => table.path === path);

/** What the machine goes by. */
function machine(tables: readonly Table[]): string {
  const keys = blocksOf(tables, 'state-key').flatMap((block) =>
    words(block).map((name) => `  [${quoted(name)}, ${quoted(field(block, 'value'))}],\n`),
  );
  return `${HEAD}import type { StateKeyValue } from '../rows.js';

export const STATE_KEYS: ReadonlyMap<string, StateKeyValue> = new Map<string, StateKeyValue>([
${keys.join('')}]);

${wordLists(ofFile(tables, 'machine.txt'))}`;
}

/** What configurations of Keras name. */
function keras(tables: readonly Table[]): string {
  const names = (is: string): string =>
    blocksOf(tables, 'keras-name')
      .filter((block) => field(block, 'is') === is)
      .flatMap((block) =>
        block.entries.map(
          ({ words: [name = ''], text }) =>
            `  [${quoted(name)}, { class: ${quoted(field(block, 'class'))}, why: ${quoted(text)} }],\n`,
        ),
      )
      .join('');
  return `${HEAD}import type { KerasName } from '../rows.js';

export const KERAS_CLASSES: ReadonlyMap<string, KerasName> = new Map<string, KerasName>([
${names('class')}]);

export const KERAS_FUNCTIONS: ReadonlyMap<string, KerasName> = new Map<string, KerasName>([
${names('function')}]);

${wordLists(ofFile(tables, 'keras.txt'))}`;
}

/** The files to write, by their names in catalogue/generated. */
export function emit(tables: readonly Table[]): ReadonlyMap<string, string> {
  const base = tables.filter((table) => table.blocks.every((block) => block.kind !== 'pack'));
  return new Map([
    ['allow.ts', allow(base)],
    ['packs.ts', packs(tables)],
    ['pack-names.ts', namesOfPacks(tables)],
    ['danger.ts', danger(tables)],
    ['conditional.ts', conditional(tables)],
    ['uses.ts', uses(tables)],
    ['names.ts', nameLists(tables)],
    ['weights-only.ts', weightsOnly(tables)],
    ['torch-operators.ts', torch(tables, 'torch-operator', 'namespace')],
    ['python-source.ts', pythonSource(tables)],
    ['watched.ts', watchedNames(tables)],
    ['effects.ts', effects(tables)],
    ['machine.ts', machine(tables)],
    ['source-review.ts', `${HEAD}\n${wordLists(ofFile(tables, 'source-review.txt'))}`],
    ['keras.ts', keras(tables)],
    ['repositories.ts', repositories(tables)],
    ['torch-namespaces.ts', torch(tables, 'torch-namespace', 'of')],
  ]);
}
