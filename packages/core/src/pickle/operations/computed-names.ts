import type { ChainStep } from '../../model/fact.js';
import { isOldText, isText, KIND, type Kind } from '../cells.js';
import { nameOf, shown } from '../chain.js';
import { type Text, capture, textAt } from '../constants.js';
import { MAX_NAME } from '../../model/limits.js';
import type { MachineState } from '../machine-state.js';
import { BYTES } from '../readers.js';
import { crossNow, crossesFrame, u32At } from './frames.js';
import { checkName, pairTwin, resolveGlobal } from './globals.js';
import { CALLABLE, peek, underflow } from './operands.js';
import { stepHere } from './tell.js';

export function stackGlobal(m: MachineState): boolean {
  const name = peek(m, 0);
  const module = peek(m, 1);
  if (name === null || module === null) return underflow(m);
  const parts = [module, name];
  if (parts.some((part) => !isText(part.kind) && !mayBeText(m, part))) {
    return m.fail('wrong-operand', 'STACK_GLOBAL wants two strings');
  }
  if (parts.some((part) => CALLABLE.has(part.kind))) {
    const position = m.sp - 2;
    const steps = parts.flatMap((part, i) => partSteps(m, i === 0 ? 'module' : 'name', position + i, part));
    const described = parts.map((part) => partText(m, part.hi, part.lo)).join(' and ');
    const texts = parts.map((part) => (isText(part.kind) ? textAt(m, part.ref, MAX_NAME) : null));
    m.sp -= 2;
    const resolve = (names: readonly (string | null)[]): void => {
      const detail = `the name is computed while loading: ${described}`;
      resolveGlobal(m, names[0] ?? '?', names[1] ?? '?', 'STACK_GLOBAL', m.alive, () => steps, detail);
    };
    const other = texts.map((text) => (text === null ? '?' : inUtf8(text)));
    const hasTwin = texts.some((text) => text !== null && text.other !== null) && !other.includes(null);
    if (hasTwin) resolve(other);
    pairTwin(m, hasTwin, () => resolve(texts.map((text) => text?.value ?? null)));
    return true;
  }
  const texts = parts.map((part) => textAt(m, part.ref, MAX_NAME));
  const [moduleText, nameText] = texts;
  if (moduleText === undefined || nameText === undefined || moduleText === null || nameText === null) {
    return m.fail('malformed-name', 'STACK_GLOBAL with text that cannot be decoded');
  }
  if (parts.some((part) => isOldText(part.kind)) && !m.giveUp(BYTES, 'STACK_GLOBAL with bytes')) return false;
  // Only the first use of a name asks for it: the memo is searched for the names' slots.
  const position = m.sp - 2;
  const chain = (): readonly ChainStep[] =>
    parts.flatMap((part, i) => m.chains.text(i === 0 ? 'module' : 'name', position + i, part.hi, part.lo));
  m.sp -= 2;
  if (moduleText.cut || nameText.cut) {
    m.signal('malformed-name', m.base + m.opAt, `a name longer than ${MAX_NAME} bytes`);
  }
  const otherModule = inUtf8(moduleText);
  const otherName = inUtf8(nameText);
  const hasTwin = otherModule !== null && otherName !== null && (moduleText.other !== null || nameText.other !== null);
  if (hasTwin) {
    checkName(m, otherModule, otherName);
    resolveGlobal(m, otherModule, otherName, 'STACK_GLOBAL', m.alive, chain);
  }
  checkName(m, moduleText.value, nameText.value);
  pairTwin(m, hasTwin, () => resolveGlobal(m, moduleText.value, nameText.value, 'STACK_GLOBAL', m.alive, chain));
  return true;
}

/** Classes: what calling them gives is one of theirs. Containers of honest joblib files stand where plain pickle expects a name. */
const NO_TEXT = new Set([
  'collections.OrderedDict',
  'collections.Counter',
  'collections.defaultdict',
  'collections.deque',
  'numpy.dtype',
  'numpy.ndarray',
  'pandas.core.frame.DataFrame',
  'pandas.core.series.Series',
]);

/**
 * CPython wants exact strings (`PyUnicode_CheckExact` in `load_stack_global`). Known classes and functions are none, and
 * neither are instances of the classes. What a call gives may be one, and so may what `__new__` of an unknown class gives.
 * Where an array of joblib may follow, `__new__` without arguments is taken to give an instance: that is what lies before the
 * array, and plain pickle reads the magic of one with objects in it as STACK_GLOBAL. The stream ends there, with an error.
 */
export function mayBeText(m: MachineState, part: { kind: Kind; ref: number }): boolean {
  if (!CALLABLE.has(part.kind)) return false;
  const record = m.recordOf(part.kind, part.ref);
  if (record === undefined || record.dynamic !== null) return true;
  const { module, name } = record.mapped ?? record;
  const isKnown = m.names.isCode(module, name) || NO_TEXT.has(`${module}.${name}`);
  const isGlobal = part.kind === KIND.global;
  // A class that the stream has patched may give anything.
  if (m.signals.has('build-on-global')) return !isKnown || (!isGlobal && (record.called || name === 'str'));
  // What has been called or instantiated is no text.
  if (isGlobal) return !isKnown && record.callCount === 0;
  if (NO_TEXT.has(`${module}.${name}`)) return false;
  return record.called || name === 'str' || (!isKnown && (record.madeWithArguments || !m.namesWrapper));
}

/** A part of a computed name: what gives it. */
export function partText(m: MachineState, hi: number, lo: number): string {
  const value = capture(m, hi, lo);
  if (value.kind === 'persistent') return `what persistent_load gives @${value.offset}`;
  return value.kind === 'call' ? `the result of ${shown(value)}` : shown(value);
}

export function partSteps(
  m: MachineState,
  what: string,
  at: number,
  part: { hi: number; lo: number; kind: Kind; ref: number },
): ChainStep[] {
  if (isText(part.kind)) return m.chains.text(what, at, part.hi, part.lo);
  const made = part.kind === KIND.made ? m.made[part.ref] : undefined;
  const offset = made?.call.offset ?? (part.kind === KIND.persistent ? part.ref : null);
  const record = m.recordOf(part.kind, part.ref);
  if (record !== undefined) {
    const its = part.kind === KIND.global ? 'it' : 'its result';
    m.chains.add(record, stepHere(m, `takes ${its} as the ${what} of another import`));
  }
  if (offset === null && record !== undefined && part.kind === KIND.global) {
    const gives = { opcode: record.via, offset: record.offset, text: `gives the ${what}: ${nameOf(record)}` };
    return [gives, ...m.chains.memo(at, record.offset, `the ${what}`)];
  }
  if (offset === null) return m.chains.memo(at, record?.offset ?? 0, `the ${what}`);
  const opcode = made?.call.via ?? m.chains.opcodeAt(offset);
  const gives =
    part.kind === KIND.persistent
      ? `has persistent_load give the ${what}`
      : `gives the ${what}: ${partText(m, part.hi, part.lo)}`;
  return [{ opcode, offset, text: gives }, ...m.chains.memo(at, offset, `the ${what}`)];
}

/** Stands for the module of a name that a code of the extension registry stands for. */
export const EXTENSIONS = 'copyreg extension';

export function extension(m: MachineState, code: number): boolean {
  const size = code === 0x82 ? 1 : code === 0x83 ? 2 : 4;
  if (m.at + size > m.end) {
    m.at += size;
    return true;
  }
  const b = m.buffer;
  const number =
    size === 1 ? (b[m.at] ?? 0) : size === 2 ? (b[m.at] ?? 0) | ((b[m.at + 1] ?? 0) << 8) : u32At(m, m.at) | 0;
  if (crossesFrame(m, m.at, m.at + size) && !crossNow(m)) return false;
  m.at += size;
  const detail = `extension code ${number}: the loading process decides what it names`;
  m.signal('extension-code', m.base + m.opAt, detail);
  if (number <= 0) return m.fail('bad-number', `EXT code ${number} is not positive`);
  resolveGlobal(
    m,
    EXTENSIONS,
    String(number),
    size === 1 ? 'EXT1' : size === 2 ? 'EXT2' : 'EXT4',
    m.alive,
    () => [],
    detail,
  );
  return true;
}

/** A text as UTF-8 reads it; null where it is none. */
function inUtf8(text: Text): string | null {
  return text.ascii ? text.value : text.other;
}
