import { relative } from 'node:path';
import type { Policy } from '@artifact-sentinel/core';
import {
  DEFAULT_POLICY,
  UsageError,
  type ArtifactPolicy,
  type PolicyPaths,
  type PolicyFileReport,
  type PolicyOrigin,
} from '@artifact-sentinel/core/internal';
import { cameFromElsewhere, TrustBoundary, POLICY_NAME, real, ScannedTree } from './trust-boundary.js';
import { MAX_FOREIGN } from '../limits.js';
import { isAddress } from '../sources/address.js';

/** A policy that came with the scanned files, and what became of it. */
export interface ForeignPolicy {
  readonly file: string;
  /** Null where it could not be read. */
  readonly policy: Policy | null;
  /** Keys that had no say. */
  readonly ignored: readonly string[];
  readonly error: UsageError | null;
}

/** What the command line says; it outranks every file. */
export type Outrank = (policy: Policy) => Policy;

/** A path as shown to people: relative where it lies below the working folder. */
export function shownPath(file: string): string {
  const short = relative(process.cwd(), file);
  return short === '' || short.startsWith('..') ? file : short;
}

/** Reads policies, and keeps which. */
class Reader {
  readonly files: PolicyFileReport[] = [];

  async own({ file, by, folder }: OwnPolicy): Promise<Policy> {
    const { readPolicy } = await import('./read-policy.js');
    const path = shownPath(file);
    const { policy, sha256 } = readPolicy(file, path, isNamed(by), folder);
    this.files.push({ path, sha256, trusted: true, by });
    return policy;
  }

  async foreign(file: string, by: PolicyOrigin): Promise<Policy> {
    const { readPolicy } = await import('./read-policy.js');
    const path = shownPath(file);
    const { policy, sha256 } = readPolicy(file, path, false, null);
    this.files.push({ path, sha256, trusted: false, by });
    return policy;
  }
}

function oneOf(files: readonly (string | null)[]): string | null {
  const distinct = [...new Set(files)];
  if (distinct.length <= 1) return distinct[0] ?? null;
  const names = distinct.map((file) => (file === null ? 'none' : shownPath(file)));
  throw new UsageError(`the scanned paths come under different policies (${names.join(', ')}); name one with --policy`);
}

/** A policy by the wrong name would be missed without a word. */
export function notRead(file: string): string {
  return `${shownPath(file)} is not read: a policy is called ${POLICY_NAME}, or is named with --policy.`;
}

/** The policy that counts in full. */
export interface OwnPolicy {
  readonly file: string;
  /** What made it the user's own. */
  readonly by: PolicyOrigin;
  /** The folder that its globs begin in, where that is not its own. */
  readonly folder: string | null;
}

const isNamed = (by: PolicyOrigin): boolean => by === '--policy' || by === ENVIRONMENT;

/** The variable that names a policy as `--policy` does. */
const ENVIRONMENT = 'SENTINEL_POLICY';

/** The options that name a policy, or say whose the policies of the tree are. */
export interface PolicyChoice {
  readonly policy?: string;
  readonly policyFolder?: string;
  readonly trustPolicyInTree?: true;
}

/** The policy that the command line names, or the environment. */
export function namedPolicy({ policy, policyFolder }: PolicyChoice): OwnPolicy | null {
  const folder = policyFolder ?? null;
  if (policy !== undefined) return { file: policy, by: '--policy', folder };
  const variable = process.env[ENVIRONMENT];
  if (variable !== undefined && variable !== '') return { file: variable, by: ENVIRONMENT, folder };
  if (folder !== null)
    throw new UsageError('--policy-folder needs --policy: the globs of a policy that is found begin where it lies');
  return null;
}

/** Where the policies of a run lie: the user's own, and those that came with each scanned path. */
export interface PolicyFiles {
  readonly own: OwnPolicy | null;
  /** No other is searched for. */
  readonly named: boolean;
  readonly foreign: ReadonlyMap<string, readonly string[]>;
  /** Files in the searched folders that are named like a policy, and are none. */
  readonly misnamed: readonly string[];
  /** The one among the foreign that only an earlier report names. */
  readonly reported: string | null;
}

/** `scanned`: what is not trusted to bring a policy along. */
export function findPolicyFiles(
  paths: readonly string[],
  named: OwnPolicy | null,
  trustsTree: boolean,
  scanned: readonly string[] = paths,
): PolicyFiles {
  if (named !== null)
    return {
      own: named,
      named: true,
      foreign: new Map(paths.map((path) => [path, []])),
      misnamed: [],
      reported: null,
    };
  const boundary = new TrustBoundary(scanned, trustsTree);
  const above = paths.map((path) => [path, boundary.policiesAbove(path)] as const);
  const found = oneOf(above.map(([, item]) => item.own));
  return {
    own: found === null ? null : { file: found, by: originOf(found, scanned), folder: null },
    named: false,
    foreign: new Map(above.map(([path, item]) => [path, item.foreign])),
    misnamed: [...new Set(above.flatMap(([, item]) => item.misnamed))],
    reported: null,
  };
}

/**
 * With a policy that an earlier report names: the author of the report chose it. It is the user's where a scan finds it
 * as well; otherwise it can tighten only.
 */
export function withReported(files: PolicyFiles, file: string): PolicyFiles {
  const reported = real(file);
  if (files.own !== null && real(files.own.file) === reported) return files;
  const foreign = [...files.foreign].map(([path, found]) => [path, [...found, reported]] as const);
  return { ...files, foreign: new Map(foreign), reported };
}

function originOf(file: string, scanned: readonly string[]): PolicyOrigin {
  return cameFromElsewhere(file, scanned) ? 'found' : '--trust-policy-in-tree';
}

/** The policy of a run: the one named, or the one found by walking up, tightened by those inside the scanned tree. */
export class RunPolicy {
  /** The user's own, with what the command line says. */
  readonly policy: Policy;
  readonly #reader: Reader;
  readonly #base: Policy;
  readonly #tree: ScannedTree;
  readonly #files: PolicyFiles;
  readonly #outrank: Outrank;
  readonly #foreign = new Map<string, ForeignPolicy>();
  readonly #artifacts = new Map<string, ArtifactPolicy>();

  private constructor(reader: Reader, base: Policy, files: PolicyFiles, outrank: Outrank) {
    this.policy = outrank(base);
    this.#reader = reader;
    this.#base = base;
    this.#tree = new ScannedTree(files.foreign, files.own?.file ?? null);
    this.#files = files;
    this.#outrank = outrank;
  }

  /** A policy that is broken ends the run here, unless the scan comes upon it later. */
  static async read(files: PolicyFiles, outrank: Outrank): Promise<RunPolicy> {
    const { own, foreign } = files;
    const reader = new Reader();
    const base = own === null ? DEFAULT_POLICY : await reader.own(own);
    const run = new RunPolicy(reader, base, files, outrank);
    for (const file of new Set([...foreign.values()].flat())) {
      const found = await run.#read(file);
      if (found.error !== null) throw found.error;
    }
    return run;
  }

  /** The built-in one, for a run that comes to no scan. */
  static none(): RunPolicy {
    return new RunPolicy(
      new Reader(),
      DEFAULT_POLICY,
      { own: null, named: true, foreign: new Map(), misnamed: [], reported: null },
      (policy) => policy,
    );
  }

  /** Policies that came with the scanned files, as far as they are known. */
  get foreign(): readonly ForeignPolicy[] {
    return [...this.#foreign.values()];
  }

  /** What was read; grows as the scan comes upon policies. */
  get files(): readonly PolicyFileReport[] {
    return this.#reader.files;
  }

  /** A file of a remote source goes by its address alone. */
  readonly policyPaths = (path: string): PolicyPaths => (isAddress(path) ? [path] : this.#tree.policyPaths(path));

  /** The policies of the scanned tree that have a say about a path. */
  foreignFor(path: string): readonly string[] {
    return this.#files.named || isAddress(path) ? [] : this.#tree.foreign(path);
  }

  /** The first policy in what is scanned that was beyond `MAX_FOREIGN`; `foreign` does not have it. */
  unread: { readonly file: string; readonly error: UsageError } | null = null;

  /** What holds for one artifact. */
  readonly policyFor = async (path: string): Promise<ArtifactPolicy> => {
    const files = this.foreignFor(path);
    const key = files.join('\0');
    const known = this.#artifacts.get(key);
    if (known !== undefined) return known;
    let policy = this.#base;
    let problem: string | null = null;
    for (const file of files) {
      const found = await this.#read(file);
      if (found.policy !== null) {
        const { tighten } = await import('./read-policy.js');
        policy = tighten(policy, found.policy).policy;
      }
      problem ??= found.error?.message ?? null;
    }
    const result: ArtifactPolicy = { policy: this.#outrank(policy), problem };
    this.#artifacts.set(key, result);
    return result;
  };

  async #read(file: string): Promise<ForeignPolicy> {
    const known = this.#foreign.get(file);
    if (known !== undefined) return known;
    if (this.#foreign.size === MAX_FOREIGN) {
      const problem = `more than ${MAX_FOREIGN} policies lie in what is scanned; ${shownPath(file)} was not read`;
      const error = new UsageError(problem);
      this.unread ??= { file, error };
      return { file, policy: null, ignored: [], error };
    }
    const found = await this.#load(file);
    this.#foreign.set(file, found);
    return found;
  }

  async #load(file: string): Promise<ForeignPolicy> {
    try {
      const policy = await this.#reader.foreign(file, file === this.#files.reported ? 'report' : 'found');
      const { tighten } = await import('./read-policy.js');
      return { file, policy, ignored: tighten(this.#base, policy).ignored, error: null };
    } catch (error) {
      if (error instanceof UsageError) return { file, policy: null, ignored: [], error };
      throw error;
    }
  }

  /** What the reader of a report has to know about policies that came with the files. */
  notes(): string[] {
    const tightening = this.foreign
      .filter((found) => found.policy !== null)
      .map(({ file, ignored }) => {
        const left = ignored.length === 0 ? '' : ` Ignored: ${ignored.join('; ')}.`;
        return `The policy ${shownPath(file)} ${this.#whoseIs(file)}: it can tighten the gate only.${left} Name it with --policy to use all of it${file === this.#files.reported ? '' : ', or say --trust-policy-in-tree'}.`;
      });
    return [...tightening, ...this.#files.misnamed.map(notRead)];
  }

  #whoseIs(file: string): string {
    const { reported, foreign } = this.#files;
    if (file === reported) return 'is named by the report and by nobody else';
    return cameFromElsewhere(file, [...foreign.keys()])
      ? 'lies where only the report leads'
      : 'lies in what is scanned';
  }
}
