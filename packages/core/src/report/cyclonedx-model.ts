import { MAX_BOM_PROPERTIES } from '../model/limits.js';
import { showLine } from './escape.js';

/** The parts of CycloneDX 1.6 that Sentinel writes (ECMA-424; schemas/third-party/cyclonedx-bom-1.6.schema.json). */
export interface Bom {
  readonly $schema: string;
  readonly bomFormat: 'CycloneDX';
  readonly specVersion: '1.6';
  readonly version: 1;
  readonly metadata: {
    readonly timestamp?: string;
    readonly tools: { readonly components: readonly Tool[] };
    readonly properties: readonly Property[];
  };
  readonly components: readonly Component[];
  readonly compositions?: readonly { readonly aggregate: 'incomplete'; readonly assemblies: readonly string[] }[];
  readonly vulnerabilities: readonly Vulnerability[];
}

interface Tool {
  readonly type: 'application';
  readonly name: string;
  readonly version: string;
}

/** A name may occur several times, with a value each. */
export interface Property {
  readonly name: string;
  readonly value: string;
}

export interface Component {
  readonly 'bom-ref': string;
  readonly type: 'machine-learning-model' | 'data' | 'file';
  readonly name: string;
  readonly hashes?: readonly { readonly alg: 'SHA-256'; readonly content: string }[];
  readonly evidence: { readonly occurrences: readonly { readonly location: string }[] };
  readonly data?: readonly { readonly type: 'dataset' | 'other'; readonly name: string }[];
  readonly properties: readonly Property[];
}

export interface Vulnerability {
  readonly 'bom-ref': string;
  readonly id: string;
  readonly source: { readonly name: string };
  readonly ratings: readonly {
    readonly source: { readonly name: string };
    readonly severity: 'critical' | 'high' | 'medium' | 'low';
    readonly method: 'other';
    readonly justification: string;
  }[];
  readonly cwes: readonly number[];
  readonly description: string;
  readonly detail: string;
  readonly recommendation: string;
  readonly analysis?: Analysis;
  readonly affects?: readonly { readonly ref: string }[];
  readonly properties: readonly Property[];
}

/**
 * What somebody who answers for a finding says of it. The type has no other state: Sentinel never says that something is
 * not affected, that a finding is false, or that it is resolved, because a scan found nothing.
 */
export interface Analysis {
  readonly state: 'exploitable';
  readonly response: readonly ['will_not_fix'];
  readonly detail: string;
}

/** `sentinel:NAME` with the value as one line. */
export function property(name: string, value: string): Property {
  return { name: `sentinel:${name}`, value: showLine(value) };
}

/** The first values under one name, and how many there are besides. */
export function properties(name: string, values: readonly string[]): Property[] {
  const shown = values.slice(0, MAX_BOM_PROPERTIES).map((value) => property(name, value));
  const left = values.length - shown.length;
  return left > 0 ? [...shown, property(`${name}:more`, `${left} more are in the JSON report`)] : shown;
}

/** References that occur once each: the second one of the same text is `KIND-2:text`. */
export class References {
  readonly #kind: string;
  readonly #seen = new Map<string, number>();

  constructor(kind: string) {
    this.#kind = kind;
  }

  next(text: string): string {
    const count = (this.#seen.get(text) ?? 0) + 1;
    this.#seen.set(text, count);
    return `${this.#kind}${count === 1 ? '' : `-${count}`}:${text}`;
  }
}
