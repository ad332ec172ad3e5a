import { LimitError } from '../../model/errors.js';
import type { Value } from '../../model/fact.js';
import { isOldText, isText, KIND, type Kind, kindOf, refOf } from '../cells.js';
import { nameOf, shown } from '../chain.js';
import { SHOWN_DEPTH, capture, locate } from '../constants.js';
import type { MachineState } from '../machine-state.js';
import { type GlobalRecord, type NestedForm } from '../record.js';
import { MAX_NESTED } from '../../model/limits.js';
import { LOADER, peek, underflow } from './operands.js';
import { stepHere } from './tell.js';
import { MAX_PERSISTENT } from '../../model/limits.js';

/** Those of them that are shown, where they are none of torch's storages. */
const SHOWN_PERSISTENT = 64;
/** How bytes are written, where they do not stand as they are. */
const FORMS: Readonly<Partial<Record<number, NestedForm>>> = {
  0x53: 'quoted',
  0x56: 'line',
  0x58: 'text',
  0x8c: 'text',
  0x8d: 'text',
};

export function binaryPersistent(m: MachineState): boolean {
  const id = peek(m, 0);
  if (id === null) return underflow(m);
  // torch's IDs are flat: only a trace shows what lies deeper.
  const value = capture(m, id.hi, id.lo, m.observer === null ? SHOWN_DEPTH - 1 : 0);
  if (m.strangers > 0) m.chains.uses([id], (its) => stepHere(m, `gives ${its} to persistent_load`));
  notePersistent(m, value);
  m.sp -= 1;
  // torch's older formats write a module's class so, and persistent_load gives the class itself.
  const parts = value.kind === 'tuple' && id.kind === KIND.tuple ? m.nodes.items(id.ref) : undefined;
  const cls = parts?.[1];
  const module = value.kind === 'tuple' && value.items[0]?.kind === 'str' && value.items[0].value === 'module';
  if (module && cls !== undefined && kindOf(cls.hi) === KIND.global) {
    m.push(KIND.global, cls.lo); // the same use goes on: it is no second one
  } else {
    m.push(KIND.persistent, m.base + m.opAt);
  }
  return true;
}

export function notePersistent(m: MachineState, id: Value): void {
  m.observer?.({ kind: 'persistent', offset: m.base + m.opAt, id });
  if (m.persistent.length >= MAX_PERSISTENT)
    throw new LimitError('MAX_PERSISTENT', `more than ${MAX_PERSISTENT} persistent IDs`);
  const items = id.kind === 'tuple' ? id.items : [];
  const [tag, type, key, location, elements] = items;
  const storage =
    tag?.kind === 'str' &&
    tag.value === 'storage' &&
    type?.kind === 'global' &&
    key?.kind === 'str' &&
    location?.kind === 'str' &&
    elements?.kind === 'int'
      ? { key: key.value, type: `${type.module}.${type.name}`, fields: items.length, elements: Number(elements.text) }
      : null;
  const module = tag?.kind === 'str' && tag.value === 'module' && items.length === 4 && type?.kind === 'global';
  const shape = storage !== null ? 'storage' : module ? 'module' : id.kind === 'str' ? 'text' : id.kind;
  const text = storage === null && m.persistent.length < SHOWN_PERSISTENT ? shown(id) : null;
  m.persistent.push({ offset: m.base + m.opAt, storage, shape, text });
}

export function noteNested(m: MachineState, payload: number, length: number, form: NestedForm): void {
  if (length < 4) return;
  if (m.nested.length >= MAX_NESTED)
    throw new LimitError('MAX_NESTED', `more than ${MAX_NESTED} byte strings that may be pickles`);
  if (m.nestedAt.has(payload)) return;
  m.nestedAt.set(payload, m.nested.length);
  m.nested.push({ offset: payload, length, form, loaded: false });
}

/** Bytes handed to a loader are a pickle whatever they begin with. */
export function noteLoaderArguments(m: MachineState, record: GlobalRecord | undefined, hi: number, lo: number): void {
  if (record === undefined || !LOADER.test(record.name)) return;
  const first = kindOf(hi) === KIND.tuple ? m.nodes.items(refOf(hi, lo))?.[0] : undefined;
  const content = first === undefined ? null : contentOf(m, first);
  if (content === null) return;
  const constant = locate(m, content);
  const step = stepHere(m, `gives them to ${nameOf(record)}`);
  m.chains.add(record, { ...stepHere(m, 'loads the pickle in its argument'), bytes: constant.start });
  const known = m.nestedAt.get(constant.start) ?? -1;
  const candidate = m.nested[known];
  if (candidate !== undefined) m.nested[known] = { ...candidate, loaded: true, loader: candidate.loader ?? step };
  else if (m.nested.length >= MAX_NESTED)
    throw new LimitError('MAX_NESTED', `more than ${MAX_NESTED} byte strings that may be pickles`);
  else {
    const form = FORMS[constant.code] ?? 'bytes';
    m.nestedAt.set(constant.start, m.nested.length);
    m.nested.push({ offset: constant.start, length: constant.length, form, loaded: true, loader: step });
  }
}

/** Offset of the constant that holds the bytes of a value; null where no constant does. */
export function contentOf(m: MachineState, { hi, lo }: { hi: number; lo: number }): number | null {
  const kind = kindOf(hi);
  if (kind === KIND.made) return m.made[refOf(hi, lo)]?.text ?? null;
  return kind === KIND.bytes || kind === KIND.bytearray || isOldText(kind) ? refOf(hi, lo) : null;
}

/**
 * Protocol 2 writes bytes as `_codecs.encode(text, 'latin1')`; others wrap or pack them. Remembers where the content
 * lies, which may be a pickle; what is packed is unpacked when it is analysed.
 */
export function noteContent(
  m: MachineState,
  result: { kind: Kind; ref: number },
  args: { kind: Kind; ref: number },
): void {
  const made = result.kind === KIND.made ? m.made[result.ref] : undefined;
  const carries = m.records[made?.record ?? -1]?.carries ?? null;
  if (made === undefined || carries === null || args.kind !== KIND.tuple) return;
  const first = m.nodes.items(args.ref)?.[0];
  if (first === undefined) return;
  if (carries === 'bytes') made.text = contentOf(m, first);
  else if (isText(kindOf(first.hi)) && !isOldText(kindOf(first.hi))) made.text = refOf(first.hi, first.lo);
}
