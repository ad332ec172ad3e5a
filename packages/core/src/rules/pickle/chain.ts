import { cut } from '../../model/escape.js';
import type { Call, ChainStep, PickleDynamicFact, PickleGlobalFact } from '../../model/fact.js';
import { renderValue } from '../../model/render-value.js';
import { CALL_LENGTH, renderCall, shortName } from './render-call.js';

/** `REDUCE @31 calls posix.system('true')` */
export function renderStep({ opcode, offset, text, bytes }: ChainStep): string {
  const where = bytes === undefined ? '' : `, analysed as <bytes @${bytes}>`;
  return `${opcode} @${offset} ${text}${where}`;
}

function callStep(name: string, call: Call): ChainStep {
  const opcode = call.opcode ?? call.via;
  const { offset } = call;
  const state = call.args[0];
  if (call.via === 'BUILD' && state !== undefined)
    return { opcode, offset, text: cut(`sets the state of its result: ${renderValue(state)}`, CALL_LENGTH) };
  return { opcode, offset, text: `calls ${call.on === undefined ? '' : 'its result: '}${renderCall(name, call)}` };
}

/** From the import to the calls, for people: the import, then everything else in the order of the stream. */
export function renderChain(fact: PickleGlobalFact | PickleDynamicFact): readonly string[] {
  const [first, ...rest] = fact.chain;
  const calls = fact.calls.map((call) => callStep(shortName(fact), call));
  const steps = [...rest, ...calls].sort((one, other) => one.offset - other.offset);
  const moreCalls = fact.callCount - fact.calls.filter((call) => call.via !== 'BUILD').length;
  return [
    ...(first === undefined ? steps : [first, ...steps]).map(renderStep),
    ...counted(fact.moreSteps ?? 0, 'step'),
    ...counted(moreCalls, 'call'),
    ...(fact.outer === undefined ? [] : [fact.outer]),
  ];
}

function counted(count: number, what: string): readonly string[] {
  if (count <= 0) return [];
  return [count === 1 ? `1 further ${what} is not listed` : `${count} further ${what}s are not listed`];
}
