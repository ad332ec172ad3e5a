import type {
  Call,
  Fact,
  FactKind,
  FactOf,
  PickleDynamicFact,
  PickleGlobalFact,
  PickleStructFact,
  StructSignal,
  Value,
} from '../src/model/fact.js';
import type { SourceFlowFact } from '../src/model/flow-fact.js';
import type { Identity } from '../src/model/identity.js';
import { because } from '../src/model/plausibility.js';
import type { Match, Rule } from '../src/model/rule.js';

/** What a stream does, for tests that depend on none of these values. */
export function identity(...values: readonly unknown[]): Identity {
  return { of: 'effects', digest: JSON.stringify(values) };
}

/** Facts as the machine would find them, for tests of what comes behind it. */
export const at = (path = 'models/a.pkl', offset: number | null = 0): Fact['at'] => ({ path, offset, line: null });

export const str = (value: string): Value => ({ kind: 'str', value, length: value.length });

export function call(args: readonly Value[] = [], via: Call['via'] = 'REDUCE'): Call {
  return { via, offset: 20, args, argsKnown: true };
}

export function globalFact(
  module: string,
  name: string,
  calls: readonly Call[] = [],
  more: Partial<PickleGlobalFact> = {},
): PickleGlobalFact {
  return {
    kind: 'pickle.global',
    at: at(),
    role: 'plain',
    module,
    name,
    mapped: null,
    via: 'GLOBAL',
    count: 1,
    callCount: calls.length,
    escapes: false,
    walksDots: false,
    beforeProtocol3: true,
    calls,
    callsComplete: true,
    uses: [],
    usesComplete: true,
    readers: ['c', 'python'],
    plausibility: because('read-as-written'),
    chain: [],
    identity: identity(calls),
    ...more,
  };
}

export function dynamicFact(detail: string): PickleDynamicFact {
  return {
    kind: 'pickle.dynamic',
    at: at(),
    role: 'plain',
    via: 'STACK_GLOBAL',
    module: '?',
    name: '?',
    detail,
    plausibility: because('read-as-written'),
    callCount: 0,
    calls: [],
    chain: [],
    identity: identity(detail),
  };
}

export function structFact(signal: StructSignal, more: Partial<PickleStructFact> = {}): PickleStructFact {
  return {
    kind: 'pickle.structure',
    at: at(),
    role: 'plain',
    signal,
    detail: '',
    count: 1,
    identity: identity(signal),
    ...more,
  };
}

/** What one rule makes of one fact; a fact that it does not read is a mistake of the test. */
export function check<K extends FactKind>(
  rule: Rule<K>,
  fact: FactOf<K>,
  userAllow: readonly string[] = [],
): Match | undefined {
  if (!rule.on.includes(fact.kind)) throw new Error(`${rule.meta.id} does not read ${fact.kind}`);
  return rule.check(fact, { userAllow: new Set(userAllow) });
}

/** Bytes from a network reach `pickle.loads`. */
export function flowFact(more: Partial<SourceFlowFact> = {}): SourceFlowFact {
  return {
    kind: 'source.flow',
    at: { path: 'a.py', offset: 40, line: 4, column: 1 },
    what: 'flow',
    sink: { family: 'pickle', name: 'pickle.loads', setting: 'unsafe' },
    origin: { reach: 'network', protocol: 'TCP', isClient: false, hasFixedHost: false },
    isDecodedOnReceipt: false,
    steps: [],
    more: 0,
    addresses: [],
    authentication: null,
    guard: null,
    condition: null,
    entry: null,
    registers: false,
    comments: [],
    isTest: false,
    scope: 'f',
    text: 'pickle.loads(d)',
    detail: '',
    peerShownBy: null,
    identity: identity('flow'),
    ...more,
  };
}
