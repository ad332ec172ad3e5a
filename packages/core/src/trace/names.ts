import type { Value } from '../model/fact.js';
import { cut } from '../model/escape.js';
import { renderValue, type RenderLimits } from '../model/render-value.js';
import { MAX_VARIABLES } from '../model/limits.js';

/** Longest module or attribute name that is shown; a name may fill the whole file. */
const NAME_LENGTH = 200;

/** How much of one value is shown; a line has its own limit besides. */
const VALUES: RenderLimits = { text: 200, items: 16, depth: 10, digits: 40 };

/** What the program itself says: a global of that name is given another. */
const OWN_WORDS = new Set(['persistent_load', 'setstate', 'setitems', 'extend', 'import_global', 'import_extension']);
const KEYWORDS = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global ' +
    'if import in is lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);

/** ASCII only: a letter that looks like another one (U+043E for `o`) must not pass for it. */
function isIdentifier(text: string): boolean {
  return text.length <= NAME_LENGTH && /^[A-Za-z_][A-Za-z0-9_]*$/.test(text) && !KEYWORDS.has(text);
}

function isModulePath(text: string): boolean {
  return text.length <= NAME_LENGTH && text.split('.').every(isIdentifier);
}

/** A string literal in which everything beyond ASCII is written as an escape. */
function literal(text: string): string {
  const shown = text.slice(0, NAME_LENGTH);
  const quoted = renderValue({ kind: 'str', value: shown, length: shown.length }, { ...VALUES, text: NAME_LENGTH });
  const ascii = quoted.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return text.length > shown.length ? `${ascii}…(+${text.length - shown.length} characters)` : ascii;
}

interface Import {
  readonly module: string;
  readonly name: string;
  readonly dynamic: string | null;
  readonly walksDots: boolean;
}

/** How the program calls what it has imported and made so far. */
export class Names {
  readonly #globals = new Map<string, string>();
  readonly #computed = new Set<string>();
  readonly #taken = new Set<string>(OWN_WORDS);
  readonly #copies = new Map<string, number>();
  readonly #variables = new Map<number, number>();
  readonly #limits: RenderLimits = { ...VALUES, name: (value) => this.#nameOf(value) };
  #made = 0;

  /** The line that imports a global; null where that was shown before. */
  import(global: Import): string | null {
    const key = `${global.module}\0${global.name}`;
    const known = this.#globals.get(key);
    // A computed name may be another one each time.
    if (global.dynamic !== null) {
      const text = computed(global.module, global.name);
      this.#computed.add(key);
      this.#globals.set(key, text);
      return text;
    }
    if (known !== undefined) return null;
    if (!isModulePath(global.module) || !isIdentifier(global.name)) {
      const text = `import_global(${literal(global.module)}, ${literal(global.name)})`;
      this.#globals.set(key, text);
      return text;
    }
    const local = this.#localName(global.name);
    this.#globals.set(key, local);
    return `from ${global.module} import ${global.name}${local === global.name ? '' : ` as ${local}`}`;
  }

  isComputed(module: string, name: string): boolean {
    return this.#computed.has(`${module}\0${name}`);
  }

  /** The same name may stand for globals of several modules: each gets one of its own. */
  #localName(name: string): string {
    let local = name;
    for (let copy = this.#copies.get(name) ?? 2; this.#taken.has(local) || /^_\d+$/.test(local); copy += 1) {
      local = `${name}_${copy}`;
      this.#copies.set(name, copy + 1);
    }
    this.#taken.add(local);
    return local;
  }

  /** A variable for what the opcode at this offset makes; null when there are too many. */
  variable(offset: number): string | null {
    if (this.#made >= MAX_VARIABLES) return null;
    this.#made += 1;
    this.#variables.set(offset, this.#made);
    return `_${this.#made}`;
  }

  value(value: Value): string {
    return renderValue(value, this.#limits);
  }

  #nameOf(value: Value): string | null {
    if (value.kind === 'global')
      return (
        this.#globals.get(`${value.module}\0${value.name}`) ??
        `${cut(value.module, NAME_LENGTH)}.${cut(value.name, NAME_LENGTH)}`
      );
    if (value.kind !== 'call' && value.kind !== 'persistent') return null;
    // Beyond the limit the machine may no longer tell the objects of one class apart.
    const number = this.#made >= MAX_VARIABLES ? undefined : this.#variables.get(value.offset);
    if (number !== undefined) return `_${number}`;
    return value.kind === 'call' ? `${cut(value.callee, NAME_LENGTH)}(…)` : null;
  }
}

function computed(module: string, name: string): string {
  if (module === 'copyreg extension') return `import_extension(${name})`;
  const part = (text: string): string => (text === '?' ? '<computed>' : literal(text));
  return `import_global(${part(module)}, ${part(name)})`;
}
