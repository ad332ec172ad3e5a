import { ARRAY_MAKERS, ARRAY_WRAPPERS, BYTE_CARRIERS, PANDAS_ARRAYS, PANDAS_MAKERS } from '../../catalogue/lookup.js';
import { LimitError } from '../../model/errors.js';
import type { ChainStep, GlobalVia } from '../../model/fact.js';
import { KIND } from '../cells.js';
import type { MachineState } from '../machine-state.js';
import { type GlobalRecord } from '../record.js';
import { MAX_GLOBALS } from '../../model/limits.js';
import { packageOf } from '../../model/module-name.js';
import { timesCode } from './array-states.js';
import { LOADER } from './operands.js';
import { stepHere } from './tell.js';
import { MAX_NAME_CHARACTERS } from '../../model/limits.js';

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const ODD_CHARACTERS = /[\u0000-\u0020\u007f-\u00a0\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]/;
const LONG_NAME = 1024;

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** Its data come with its state. */
function isPandasArray(name: string): boolean {
  return PANDAS_ARRAYS.has(name) || PANDAS_MAKERS.some((beginning) => name.startsWith(beginning));
}

function countWrapper(m: MachineState): void {
  m.namesWrapper = true;
  m.looseWrappers += 1;
}

export function pushedGlobal(m: MachineState, index: number): void {
  const record = m.records[index];
  if (record === undefined) return;
  record.pushes += 1;
  if (record.arrayWrapper) countWrapper(m);
  if (m.twins.size === 0) return;
  const twin = m.records[m.twins.get(index) ?? -1];
  if (twin !== undefined) twin.pushes += 1;
}

/** Whether the steps of a global are written down: those of computed names, of some interest, or whose calls are judged one by one. */
export function isStranger(
  m: MachineState,
  { module, name, mapped, dynamic }: Pick<GlobalRecord, 'module' | 'name' | 'mapped' | 'dynamic'>,
): boolean {
  const target = mapped ?? { module, name };
  return (
    dynamic !== null || m.names.follows(target.module, target.name) || m.names.isConditional(target.module, target.name)
  );
}

/** A reader looks this name up. Pushes the global. */
export function resolveGlobal(
  m: MachineState,
  module: string,
  name: string,
  via: GlobalVia,
  alive: number,
  chain: () => readonly ChainStep[],
  dynamic: string | null = null,
): void {
  const walksDots = m.protocol >= 4;
  const mapped = m.protocol < 3 && dynamic === null ? m.names.mapPython2(module, name) : null;
  const beforeProtocol3 = m.protocol < 3;
  const plain = beforeProtocol3 ? (mapped === null ? 'o' : 'm') : '';
  const regime = dynamic === null ? (walksDots ? 'd' : plain) : `${m.base + m.opAt}`;
  if (module.length + name.length > LONG_NAME) countName(m, module.length + name.length);
  const key = `${regime}|${module}\0${name}`;
  const index =
    m.indexByName.get(key) ??
    addRecord(m, key, {
      module,
      name,
      via,
      walksDots,
      beforeProtocol3,
      mapped,
      dynamic,
      chain,
    });
  let record = m.records[index];
  if (record !== undefined) {
    // Known from the stream before only: here it is named for the first time.
    if (record.count === 0 && record.pushes === 0)
      m.records[index] = record = {
        ...record,
        via,
        offset: m.base + m.opAt,
        alive: 0,
        chain: record.stranger ? [...chain()] : [],
        moreSteps: 0,
      };
    if (record.count > 0 && record.stranger) m.chains.add(record, stepHere(m, 'imports it again'));
    record.count += 1;
    record.pushes += 1;
    record.alive |= alive;
    if (record.arrayWrapper) countWrapper(m);
  }
  m.push(KIND.global, index);
  m.observer?.({ kind: 'import', offset: m.base + m.opAt, module, name, dynamic, walksDots, mapped });
}

/** Pushes what a walk from a global leads to, under the name that protocol 4 has for it. */
export function pushWalked(m: MachineState, owner: GlobalRecord, name: string): void {
  const { module, via, beforeProtocol3 } = owner;
  const key = `d|${module}\0${name}`;
  const known = { module, name, via, walksDots: true, beforeProtocol3, mapped: null, dynamic: null };
  const index = m.indexByName.get(key) ?? addRecord(m, key, { ...known, chain: () => [] });
  const record = m.records[index];
  if (record !== undefined) {
    record.count += 1;
    record.pushes += 1;
    record.alive |= owner.alive;
  }
  m.push(KIND.global, index);
}

export function addRecord(
  m: MachineState,
  key: string,
  known: Pick<GlobalRecord, 'module' | 'name' | 'via' | 'walksDots' | 'beforeProtocol3' | 'mapped' | 'dynamic'> & {
    readonly chain: () => readonly ChainStep[];
  },
): number {
  if (m.records.length >= MAX_GLOBALS)
    throw new LimitError('MAX_GLOBALS', `more than ${MAX_GLOBALS} different globals in one stream`);
  const { module, name, mapped } = known;
  countName(m, module.length + name.length);
  const stranger = isStranger(m, known);
  const chain = stranger ? [...known.chain()] : [];
  if (stranger) m.strangers += 1;
  const conditional =
    known.dynamic === null &&
    (m.names.isConditional(module, name) || (mapped !== null && m.names.isConditional(mapped.module, mapped.name)));
  const carries = module === '_codecs' ? 'text' : BYTE_CARRIERS.has(`${module}.${name}`) ? 'bytes' : null;
  const dtype = name === 'dtype' && module === 'numpy';
  const array = module.startsWith('numpy.') && ARRAY_MAKERS.has(name);
  const arrayWrapper = known.dynamic === null && ARRAY_WRAPPERS.has(lastPart(name));
  const times = timesCode(module, name);
  // Field by field: copying an object with its closure costs more than all of the rest.
  m.records.push({
    module,
    name,
    via: known.via,
    walksDots: known.walksDots,
    beforeProtocol3: known.beforeProtocol3,
    mapped,
    dynamic: known.dynamic,
    chain,
    moreSteps: 0,
    stranger,
    watched: stranger,
    holds: [],
    offset: m.base + m.opAt,
    conditional,
    carries,
    dtype,
    times,
    package: packageOf(mapped?.module ?? module),
    array,
    gives: known.dynamic === null ? m.names.gives(mapped?.module ?? module, mapped?.name ?? name) : 'open',
    // Arrays of pandas by Cython: the pointer to the data comes with the state.
    awaitsState: packageOf(mapped?.module ?? module) === 'pandas' && isPandasArray(name),
    arrayWrapper,
    routine:
      !stranger &&
      !conditional &&
      carries === null &&
      !dtype &&
      times === 0 &&
      module !== 'copyreg' &&
      module !== 'copy_reg' &&
      name !== 'getattr' &&
      !LOADER.test(name),
    count: 0,
    pushes: 0,
    calleeUses: 0,
    callCount: 0,
    calls: [],
    unusualCalls: 0,
    lostCalls: 0,
    called: false,
    madeWithArguments: false,
    alive: 0,
    uses: new Map(),
    lastCall: null,
    lastFollow: null,
    usesLost: false,
  });
  m.indexByName.set(key, m.records.length - 1);
  return m.records.length - 1;
}

export function countName(m: MachineState, characters: number): void {
  m.nameCharacters += characters;
  if (m.nameCharacters > MAX_NAME_CHARACTERS)
    throw new LimitError('MAX_NAME_CHARACTERS', `more than ${MAX_NAME_CHARACTERS} characters of names in one stream`);
}

export function checkName(m: MachineState, module: string, name: string): void {
  if (module !== '' && name !== '' && !ODD_CHARACTERS.test(module + name)) return;
  m.signal(
    'malformed-name',
    m.base + m.opAt,
    'a module or name is empty or holds blanks, control characters or surrogates',
  );
}

/** The encoding of Python 2 strings decides on a name: the value that `resolve` pushes stands for the last one too. */
export function pairTwin(m: MachineState, hasTwin: boolean, resolve: () => void): void {
  if (hasTwin) m.sp -= 1;
  const twin = m.stack.lo[m.sp] ?? 0;
  resolve();
  if (hasTwin) m.twins.set(m.stack.lo[m.sp - 1] ?? 0, twin);
}
