import type { CallVia, Value } from './fact.js';
import { escapeCodePoint, escapeText } from './escape.js';

/** How much of a value is shown. */
export interface RenderLimits {
  /** Characters of one string or byte string. */
  readonly text: number;
  /** Items of one collection. */
  readonly items: number;
  /** Collections inside collections. */
  readonly depth: number;
  /** Digits of one number. */
  readonly digits: number;
  /** The words for a global or an object, if the caller supplies some; null: as written. */
  readonly name?: (value: Value) => string | null;
}

/** Enough to recognise a payload, short enough for one line of a terminal or a code scanning alert. */
export const SHOWN: RenderLimits = { text: 80, items: 8, depth: 4, digits: 40 };

type Collection = Extract<Value, { readonly items: unknown }>;

const QUOTED: Readonly<Record<string, string>> = { '\\': '\\\\', "'": "\\'" };

/** Letters that stand for themselves in a literal of text and of bytes. */
const PLAIN = /^[ -&(-[\]-}]*$/;

/** A Python literal; what was cut away is counted behind it. */
function literal(prefix: string, value: string, length: number, limit: number): string {
  if (value.length <= limit && value.length === length && PLAIN.test(value)) return `${prefix}'${value}'`;
  // A character takes at most two units, so the rest of a long text need not be split.
  const shownPart = Array.from(value.slice(0, limit * 2)).slice(0, limit);
  let text = '';
  for (const character of shownPart) {
    const latin = prefix === 'b' && character > '~';
    text += QUOTED[character] ?? (latin ? escapeCodePoint(character) : escapeText(character));
  }
  const shown = shownPart.join('').length;
  const rest = length - shown;
  return `${prefix}'${text}'${rest > 0 ? `…(+${rest})` : ''}`;
}

function number(text: string, limit: number): string {
  const plain = escapeText(text);
  return plain.length <= limit ? plain : `${plain.slice(0, limit)}…(${plain.length} digits)`;
}

function float(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Number.isInteger(value) && Math.abs(value) < 1e16) return Object.is(value, -0) ? '-0.0' : `${value}.0`;
  return String(value);
}

function collection(value: Collection, limits: RenderLimits, depth: number): string {
  if (depth >= limits.depth) return '…';
  const entries =
    value.kind === 'dict'
      ? value.items
          .slice(0, limits.items)
          .map(([key, item]) => `${renderValue(key, limits, depth + 1)}: ${renderValue(item, limits, depth + 1)}`)
      : value.items.slice(0, limits.items).map((item) => renderValue(item, limits, depth + 1));
  const missing = value.length - entries.length;
  if (missing > 0) entries.push(`…(+${missing})`);
  const inner = entries.join(', ');
  switch (value.kind) {
    case 'tuple':
      return value.length === 1 ? `(${inner},)` : `(${inner})`;
    case 'list':
      return `[${inner}]`;
    case 'dict':
      return `{${inner}}`;
    case 'set':
      return value.length === 0 ? 'set()' : `{${inner}}`;
    case 'frozenset':
      return value.length === 0 ? 'frozenset()' : `frozenset({${inner}})`;
  }
}

/** `module.name`; of one that is computed while loading the parts that are known. */
export function globalText(module: string, name: string): string {
  if (module === 'copyreg extension') return `<extension ${name}>`;
  const part = (text: string): string => (text === '?' ? '<computed>' : text);
  return `${part(module)}.${part(name)}`;
}

/** `importlib.import_module('posix')`: the call that makes a value. */
function made(value: Extract<Value, { readonly kind: 'call' }>, limits: RenderLimits, depth: number): string {
  const name = escapeText(value.callee);
  if (value.args === undefined || depth >= limits.depth) return `${name}(…)`;
  const callee = value.on === undefined ? name : renderValue(value.on, limits, depth + 1);
  return renderArguments(callee, value.args, {
    known: value.cut !== true,
    via: value.via ?? 'REDUCE',
    show: (arg) => renderValue(arg, limits, depth + 1),
    most: limits.items,
  });
}

/** A call as Python would write it. The caller splits one argument that is no tuple. */
export function renderArguments(
  callee: string,
  args: readonly Value[],
  how: {
    readonly known: boolean;
    readonly via: CallVia;
    readonly show: (value: Value) => string;
    readonly most?: number;
  },
): string {
  const most = how.most ?? Infinity;
  const shown = args.slice(0, most).map(how.show);
  if (!how.known && shown.length === 1) shown[0] = `*${shown[0] ?? ''}`;
  else if (!how.known) shown.push('…');
  else if (args.length > most) shown.push(`…(+${args.length - most})`);
  if (how.via === 'NEWOBJ_EX' && shown.length > 0 && args.length <= most) shown.push(`**${shown.pop() ?? ''}`);
  // copyreg.__newobj__: only the class's __new__ runs, never its __init__.
  if (how.via === 'NEWOBJ' || how.via === 'NEWOBJ_EX') return `${callee}.__new__(${[callee, ...shown].join(', ')})`;
  return `${callee}${how.via === 'BUILD' ? '.__setstate__' : ''}(${shown.join(', ')})`;
}

/**
 * A value as Python would write it, as far as the machine knows it. No offsets: the text survives a moved byte.
 * Recursion: `limits.depth`.
 */
export function renderValue(value: Value, limits: RenderLimits = SHOWN, depth = 0): string {
  const name = limits.name?.(value) ?? null;
  if (name !== null) return name;
  switch (value.kind) {
    case 'none':
      return 'None';
    case 'bool':
      return value.value ? 'True' : 'False';
    case 'int':
      return number(value.text, limits.digits);
    case 'float':
      return float(Number(value.text));
    case 'str':
      return literal('', value.value, value.length, limits.text);
    case 'bytes':
      return literal('b', value.value, value.length, limits.text);
    case 'global':
      return escapeText(value.module === '' ? value.name : globalText(value.module, value.name));
    case 'call':
      return made(value, limits, depth);
    case 'persistent':
      return '<persistent object>';
    case 'unknown':
      return value.leftOut === true ? '…' : '<unknown>';
    default:
      return collection(value, limits, depth);
  }
}
