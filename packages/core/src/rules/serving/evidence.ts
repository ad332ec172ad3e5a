import type { FlowAddress, SourceFlowFact } from '../../model/flow-fact.js';
import type { Match } from '../../model/rule.js';
import { SEVERITIES, type Severity } from '../../model/severity.js';
import { MAX_ADDRESSES } from '../../model/limits.js';

/** The severity of a finding: what the rule says, raised and lowered by what the module shows. */
export function severityOf(fact: SourceFlowFact, base: Severity): Severity {
  if (fact.isTest) return 'LOW';
  // A host that the author names, asked with TLS: the vendor of an API, the host of a data set.
  if (fact.origin?.hasFixedHost === true) return 'LOW';
  const raised = opensToAll(fact) ? shifted(base, -1) : base;
  return fact.guard?.isWeak === true ? shifted(raised, 1) : raised;
}

export function shifted(severity: Severity, by: number): Severity {
  const at = SEVERITIES.indexOf(severity) + by;
  return SEVERITIES[Math.min(Math.max(at, 0), SEVERITIES.length - 1)] ?? severity;
}

/** It binds every interface, and nothing asks who connects. */
export function opensToAll({ addresses, authentication }: SourceFlowFact): boolean {
  return authentication === null && addresses.some(({ use, reach }) => use === 'bind' && reach === 'any');
}

/** Something else than this host is named. */
export function isRemote({ addresses }: SourceFlowFact): boolean {
  return addresses.some(({ address, reach }) => reach !== 'same-host' && !/^(?:ipc|inproc|unix):/.test(address));
}

/** Addresses are named, and all of them stay on this host. */
export function staysOnHost({ addresses }: SourceFlowFact): boolean {
  return addresses.length > 0 && addresses.every(({ reach }) => reach === 'same-host');
}

/** A check on the same bytes comes before the loader. */
export function isClosed({ guard }: SourceFlowFact): boolean {
  return guard !== null && !guard.isWeak;
}

const REACH = {
  any: 'every interface',
  'same-host': 'this host only',
  host: 'a host that is named or not known',
} as const;

function showAddress({ at, address, use, reach }: FlowAddress): string {
  return `${use === 'bind' ? 'binds' : 'connects to'} ${address} in line ${at.line ?? '?'}: ${REACH[reach]}`;
}

/** Steps and surroundings as lines. */
export function chainOf(fact: SourceFlowFact): string[] {
  const { steps, addresses, authentication, guard, condition, entry, comments, more, origin } = fact;
  const own = fact.at.path;
  return [
    ...steps.map(
      ({ at, text, code }) =>
        `${at.path === own ? `line ${at.line ?? '?'}` : `${at.path}:${at.line ?? '?'}:${at.column ?? '?'}`}: ${text}: ${code}`,
    ),
    ...(more > 0 ? [`${more} more of this kind in the module`] : []),
    ...(origin === null ? [] : [`protocol: ${origin.protocol}`]),
    ...(entry === null ? [] : [`entry point: ${entry}`]),
    ...addresses.slice(0, MAX_ADDRESSES).map(showAddress),
    ...(addresses.length === 0 ? ['no bind address is seen in the module'] : []),
    authentication === null
      ? 'authentication: none seen'
      : `authentication: line ${authentication.at.line ?? '?'} has ${authentication.text}`,
    guard === null
      ? 'guard on the bytes: none seen'
      : `guard on the bytes: ${guard.text} in line ${guard.at.line ?? '?'}${guard.isWeak ? ', which is weak' : ''}`,
    ...(condition === null ? [] : [`under the condition: ${condition}`]),
    ...comments.flatMap((comment) =>
      comment.tool === 'other'
        ? [`line ${comment.line} has a comment for another tool, which does not count here: ${comment.text}`]
        : [],
    ),
  ];
}

/** A finding about a line of the source. */
export function matchOf(fact: SourceFlowFact, severity: Severity, signal: string, message: string): Match {
  const { steps } = fact;
  return {
    signal,
    call: fact.text,
    chain: chainOf(fact),
    message: fact.isTest ? `${message} It is in a test or a benchmark.` : message,
    level: severity === 'LOW' || severity === 'MEDIUM' ? 0 : 3,
    severity,
    ...(steps.length === 0 ? {} : { flow: steps }),
    ...(opensToAll(fact) ? { cwe: ['CWE-306' as const] } : {}),
  };
}

/** `pickle.loads of bytes from ZeroMQ`, for signals and messages. */
export function flowText({ sink, origin }: SourceFlowFact): string {
  return `${sink?.name ?? 'a loader'} of bytes from ${origin?.protocol ?? 'somewhere unknown'}`;
}

/** Loaders of a module whose bytes nobody can follow: MEDIUM where the module itself talks to others, else LOW. */
export function unshownMatch(fact: SourceFlowFact, reach: 'network' | 'store' | 'worker'): Match | undefined {
  const { sink, origin, detail, peerShownBy, steps, more } = fact;
  if (fact.what !== 'unshown' || origin?.reach !== reach || sink === null || sink.setting === 'safe') return undefined;
  const count = steps.length + more;
  return matchOf(
    fact,
    severityOf({ ...fact, addresses: [] }, peerShownBy === 'module' ? 'MEDIUM' : 'LOW'),
    `${sink.name} of bytes of unknown origin`,
    `${count === 1 ? 'A call unpickles' : `${count} calls unpickle`} bytes whose origin is not shown by the source, and ${detail}.`,
  );
}
