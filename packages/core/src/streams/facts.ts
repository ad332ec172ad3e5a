import { cut } from '../model/escape.js';
import type {
  ChainStep,
  Fact,
  GlobalVia,
  Location,
  PickleDynamicFact,
  PickleGlobalFact,
  PickleStructFact,
  StreamRole,
  StructSignal,
} from '../model/fact.js';
import { because } from '../model/plausibility.js';
import { globalText, renderValue } from '../model/render-value.js';
import type { Signal } from '../pickle/machine.js';
import type { Machine } from '../pickle/operations.js';
import { readersOf } from '../pickle/readers.js';
import { mergeUses, noteUnknownKeys, readUse } from '../pickle/uses.js';
import type { GlobalRecord, PersistentId } from '../pickle/record.js';

/** Longest module and longest name that a step of the chain repeats. */
const NAME_LENGTH = 200;
/** A graph of shared containers so large that a reader which copies or prints it never ends (CWE-776). */
const GROWTH = 2 ** 40;
/** Sharing alone makes honest graphs look larger than their stream, by factors far below this. */
const GROWTH_RATIO = 2 ** 20;

export interface FactContext {
  readonly path: string;
  readonly role: StreamRole;
  /** Offset in the member of what the machine counts from (a splice maps otherwise). */
  readonly sourceOffset: (offset: number) => number;
}

/** Turns what a run recorded into facts. */
export function factsOf(machine: Machine, context: FactContext): Fact[] {
  const at = (offset: number): Location => ({ path: context.path, offset: context.sourceOffset(offset), line: null });
  const facts: Fact[] = [];
  noteUnknownKeys(machine);
  for (const record of machine.records)
    if (record.count + record.pushes > 0)
      facts.push(
        record.dynamic === null ? globalFact(record, at, context.role) : dynamicFact(record, at, context.role),
      );
  const structure = (signal: StructSignal, found: Signal): PickleStructFact => ({
    kind: 'pickle.structure',
    at: at(found.offset),
    role: context.role,
    signal,
    detail: found.detail,
    count: found.count,
    ...aboutGlobal(machine, found, at),
  });
  for (const [signal, found] of machine.signals) facts.push(structure(signal, found));
  for (const found of machine.attributeStates.values()) {
    const record = machine.records[found.about ?? -1];
    if (record === undefined) continue;
    const { module, name } = record;
    facts.push({ ...structure('attribute-state', found), only: { if: 'known-class', module, name } });
  }
  if (machine.nodes.maxWeight > GROWTH && machine.nodes.maxWeight > GROWTH_RATIO * machine.steps) {
    facts.push({
      kind: 'pickle.structure',
      at: at(machine.origin),
      role: context.role,
      signal: 'exponential-growth',
      detail: 'containers hold each other so often that copying or printing the result never ends',
      count: 1,
    });
  }
  const odd = machine.persistent.filter((id) => !fits(id, context.role));
  const first = odd[0];
  if (first !== undefined) {
    const id = first.text === null ? `(${first.shape})` : first.text;
    const detail = `persistent ID ${id} ${context.role === 'plain' ? 'outside a torch checkpoint' : 'of another shape than a storage of torch'}`;
    facts.push({
      kind: 'pickle.structure',
      at: at(first.offset),
      role: context.role,
      signal: 'foreign-persistent-id',
      detail,
      count: odd.length,
    });
  }
  return facts;
}

/** The import of a global and what was noted of it, with offsets in the member. */
function chainOf(
  record: GlobalRecord,
  at: (offset: number) => Location,
): { readonly chain: readonly ChainStep[]; readonly moreSteps?: number } {
  const placed = (offset: number): number => at(offset).offset ?? offset;
  const chain: ChainStep[] = [{ opcode: record.via, offset: placed(record.offset), text: importText(record) }];
  for (const { opcode, offset, text, bytes } of record.chain) {
    const step = { opcode, offset: placed(offset), text };
    chain.push(bytes === undefined ? step : { ...step, bytes: placed(bytes) });
  }
  return record.moreSteps > 0 ? { chain, moreSteps: record.moreSteps } : { chain };
}

/** Names that read as one are distinguished from those that are walked, and from those that are no names at all. */
function importText({ module, name, mapped, walksDots, dynamic, via }: GlobalRecord): string {
  const quoted = (text: string): string =>
    /^[\p{L}\p{N}_.]+$/u.test(text) ? text : renderValue({ kind: 'str', value: text, length: text.length });
  if (dynamic !== null)
    return via === 'STACK_GLOBAL'
      ? `imports ${globalText(module, name)}`
      : `imports what is registered as extension code ${name}`;
  const plain =
    (/^\w+$/.test(name) || /^[\p{L}\p{N}_]+$/u.test(name)) &&
    (/^[\w.]+$/.test(module) || /^[\p{L}\p{N}_.]+$/u.test(module));
  const renamed = mapped === null ? '' : `, which is ${mapped.module}.${mapped.name} in Python 3`;
  if (plain) return `imports ${cut(`${module}.${name}`, NAME_LENGTH)}${renamed}`;
  const walk = walksDots && name.includes('.') ? ', attribute by attribute' : '';
  return `imports ${cut(quoted(name), NAME_LENGTH)} from ${cut(quoted(module), NAME_LENGTH)}${walk}${renamed}`;
}

function aboutGlobal(
  machine: Machine,
  { about }: Signal,
  at: (offset: number) => Location,
): { readonly chain?: readonly ChainStep[] } {
  const record = about === undefined ? undefined : machine.records[about];
  return record === undefined ? {} : { chain: chainOf(record, at).chain };
}

/**
 * torch's storage tuples have five fields in the zip format, six in the older one, which also writes the classes of
 * modules so; the tar format writes mere keys (torch/serialization.py).
 */
function fits(id: PersistentId, role: StreamRole): boolean {
  const fields = id.storage?.fields ?? 0;
  if (role === 'torch-zip' || role === 'torchscript') return fields === 5;
  if (role === 'torch-tar') return id.shape === 'text' || id.shape === 'tuple' || id.shape === 'module' || fields > 0;
  return role === 'torch-legacy' && (fields === 6 || fields === 5 || id.shape === 'module');
}

const AS_WRITTEN = because('read-as-written');

function globalFact(record: GlobalRecord, at: (offset: number) => Location, role: StreamRole): PickleGlobalFact {
  return {
    kind: 'pickle.global',
    at: at(record.offset),
    role,
    module: record.module,
    name: record.name,
    mapped: record.mapped,
    via: record.via,
    count: record.count,
    callCount: record.callCount,
    escapes: record.pushes > record.calleeUses,
    walksDots: record.walksDots,
    beforeProtocol3: record.beforeProtocol3,
    calls: record.calls.map((call) => ({ ...call, offset: at(call.offset).offset ?? call.offset })),
    callsComplete: record.lostCalls === 0,
    uses: [...record.uses.values()].map((use) => readUse(use, (offset) => at(offset).offset ?? offset)),
    usesComplete: !record.usesLost,
    plausibility: AS_WRITTEN,
    readers: readersOf(record.alive),
    ...chainOf(record, at),
  };
}

function dynamicFact(record: GlobalRecord, at: (offset: number) => Location, role: StreamRole): Fact {
  const via: GlobalVia = record.via;
  return {
    kind: 'pickle.dynamic',
    at: at(record.offset),
    role,
    via,
    module: record.module,
    name: record.name,
    detail: record.dynamic ?? '',
    plausibility: AS_WRITTEN,
    callCount: record.callCount,
    calls: record.calls.map((call) => ({ ...call, offset: at(call.offset).offset ?? call.offset })),
    ...chainOf(record, at),
  };
}

/** Facts of another reading of the same stream: what is new, and readers added to what is known. */
export function mergeFacts(known: readonly Fact[], more: readonly Fact[]): Fact[] {
  const merged = [...known];
  const key = (fact: PickleGlobalFact | PickleDynamicFact): string =>
    `${fact.module}\0${fact.name}\0${String(fact.kind === 'pickle.global' ? fact.walksDots : fact.at.offset)}`;
  const index = new Map<string, number>();
  merged.forEach((fact, i) => {
    if (fact.kind === 'pickle.global' || fact.kind === 'pickle.dynamic') index.set(key(fact), i);
  });
  for (const fact of more) {
    if (fact.kind === 'pickle.dynamic' && !index.has(key(fact))) index.set(key(fact), merged.push(fact) - 1);
    if (fact.kind !== 'pickle.global') continue;
    const i = index.get(key(fact)) ?? merged.length;
    const old = merged[i];
    if (old?.kind !== 'pickle.global') {
      merged.push(fact);
      continue;
    }
    merged[i] = {
      ...old,
      readers: [...new Set([...old.readers, ...fact.readers])],
      callCount: Math.max(old.callCount, fact.callCount),
      escapes: old.escapes || fact.escapes,
      calls:
        old.calls.length === 0
          ? fact.calls
          : [...old.calls, ...fact.calls.filter((call) => !old.calls.some((other) => other.offset === call.offset))],
      callsComplete: old.callsComplete && fact.callsComplete,
      uses: mergeUses(old.uses, fact.uses),
      usesComplete: old.usesComplete && fact.usesComplete,
      chain: [
        ...old.chain,
        ...fact.chain.filter(
          (step) => !old.chain.some((other) => other.offset === step.offset && other.text === step.text),
        ),
      ],
    };
  }
  return merged;
}
