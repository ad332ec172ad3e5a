import type { Fact } from '../model/fact.js';
import type { SourceFlowFact } from '../model/flow-fact.js';
import { widestOf, type Reach } from '../model/reach.js';
import type { SourceCallFact, SourceOrigin } from '../model/source-fact.js';

const OF_ORIGIN: Readonly<Record<SourceOrigin['kind'], Reach>> = {
  network: 'network',
  store: 'store',
  unknown: 'unknown',
  parameter: 'argument',
  user: 'file',
  constant: 'constant',
};

/** Folders of examples, which nobody serves. */
const EXAMPLE_PATH = /(?:^|[/\\])examples?[/\\]/i;

/** How far away those are who decide what a loader of source gets; undefined for a fact that is none about source. */
export function reachOf(fact: Fact): Reach | undefined {
  if (fact.kind !== 'source.call' && fact.kind !== 'source.flow') return undefined;
  if (fact.isTest || EXAMPLE_PATH.test(fact.at.path)) return 'test';
  return fact.kind === 'source.call' ? ofCall(fact) : ofFlow(fact);
}

function ofCall({ origins }: SourceCallFact): Reach {
  return widestOf(origins.map(({ kind }) => OF_ORIGIN[kind])) ?? 'unknown';
}

function ofFlow({ what, origin }: SourceFlowFact): Reach {
  switch (what) {
    case 'flow':
      if (origin === null) return 'unknown';
      // Another process is on the other side of a connection, on this host or on another.
      return origin.reach === 'store' ? 'store' : origin.reach === 'local' ? 'unknown' : 'network';
    case 'receives':
    case 'media-type':
    case 'bind':
      return 'network';
    case 'setting':
    case 'shelf':
      return 'store';
    case 'codec':
    case 'codec-class':
      return 'argument';
    case 'unknown':
    case 'unshown':
      return 'unknown';
  }
}

const SAID: Readonly<Record<SourceOrigin['kind'], string>> = {
  network: 'what it loads comes over a network',
  store: 'what it loads lies where others can write',
  unknown: 'where it loads from is not known',
  parameter: 'where it loads from is an argument',
  user: 'the user names what it loads',
  constant: 'it loads from a constant path',
};

/** The widest origin in words; null where there is none. */
export function originInWords({ origins }: Pick<SourceCallFact, 'origins'>): string | null {
  const widest = widestOf(origins.map(({ kind }) => OF_ORIGIN[kind]));
  const origin = origins.find(({ kind }) => OF_ORIGIN[kind] === widest);
  if (origin === undefined) return null;
  return `${SAID[origin.kind]}: ${origin.text}${origin.line === null ? '' : ` (line ${origin.line})`}`;
}
