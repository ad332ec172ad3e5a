import type { Policy } from '@artifact-sentinel/core';
import { PolicyError } from '@artifact-sentinel/core';
import {
  DEFAULT_POLICY,
  loadPolicy,
  sha256Hex,
  SLASH_PATHS,
  tighten,
  UsageError,
  type ArtifactPolicy,
  type PolicyFileReport,
  type RetestTarget,
} from '@artifact-sentinel/core/internal';
import { MAX_FOREIGN_POLICIES, MAX_POLICY_BYTES } from '../limits.js';
import type { DroppedTree } from './dropped-tree.js';
import { rootOf } from './paths.js';
import type { ScanOrder } from './protocol.js';

export const POLICY_NAME = 'sentinel-policy.yml';
/** What people write as well. It is not read: two names in one folder would be two policies. */
const OTHER_NAME = 'sentinel-policy.yaml';

/** A policy that came with the files: it can tighten the gate only. */
interface Foreign {
  readonly policy: Policy | null;
  readonly ignored: readonly string[];
  readonly problem: string | null;
}

/**
 * The policy of a scan, by the rules of the command line: one that was dropped by itself counts in full, as `--policy`
 * does, and no other then. Otherwise those that lie among the files can make the gate stricter, never looser.
 */
export class PagePolicies {
  readonly policy: Policy;
  readonly files: PolicyFileReport[] = [];
  readonly #order: ScanOrder;
  readonly #tree: DroppedTree;
  readonly #foreign = new Map<string, Foreign>();
  readonly #artifacts = new Map<string, ArtifactPolicy>();

  /** Throws a UsageError for a policy that is not understood, where it was named or lies where the drop begins. */
  constructor(order: ScanOrder, tree: DroppedTree) {
    this.#order = order;
    this.#tree = tree;
    const { policy } = order;
    if (policy === null) {
      this.policy = DEFAULT_POLICY;
      for (const file of this.#atRoots(POLICY_NAME)) {
        const { problem } = this.#read(file);
        if (problem !== null) throw new UsageError(problem);
      }
      return;
    }
    this.policy = loadPolicy(policy.text, policy.file, '');
    const sha256 = sha256Hex(new TextEncoder().encode(policy.text));
    this.files.push({ path: policy.file, sha256, trusted: true, by: '--policy' });
  }

  readonly policyPaths = (path: string): readonly string[] => [this.#tree.full(path)];

  readonly policyFor = (path: string): Promise<ArtifactPolicy> => {
    const files = this.#foreignFor(path);
    const key = files.join('\0');
    const known = this.#artifacts.get(key);
    if (known !== undefined) return Promise.resolve(known);
    let { policy } = this;
    let problem: string | null = null;
    for (const file of files) {
      const found = this.#read(file);
      if (found.policy !== null) ({ policy } = tighten(policy, found.policy));
      problem ??= found.problem;
    }
    const result = { policy, problem };
    this.#artifacts.set(key, result);
    return Promise.resolve(result);
  };

  /** As the command line has it: with a policy among the files, a retest names what was dropped. */
  readonly retestTarget = (artifact: string): RetestTarget =>
    this.#foreignFor(artifact).length === 0
      ? { paths: [artifact], policy: this.policy.file }
      : { paths: [rootOf(artifact, this.#order.roots)], policy: null };

  notes(): string[] {
    const tightening = [...this.#foreign]
      .filter(([, { policy }]) => policy !== null)
      .map(([file, { ignored }]) => {
        const left = ignored.length === 0 ? '' : ` Ignored: ${ignored.join('; ')}.`;
        return `The policy ${file} lies in what is scanned: it can tighten the gate only.${left} Name it with --policy to use all of it, or say --trust-policy-in-tree.`;
      });
    const misnamed = this.#order.policy === null ? this.#atRoots(OTHER_NAME) : [];
    const unread = misnamed.map(
      (file) => `${file} is not read: a policy is called ${POLICY_NAME}, or is named with --policy.`,
    );
    return [...tightening, ...unread];
  }

  /** Files of a name in the folders that were dropped, and beside files that were. */
  #atRoots(name: string): string[] {
    const folders = this.#order.roots.map((root) =>
      this.#tree.file(root) === undefined ? root : SLASH_PATHS.dirname(this.#tree.full(root)).slice(1),
    );
    const files = [...new Set(folders)].map((folder) => (folder === '' ? name : `${folder}/${name}`));
    return files.filter((file) => this.#tree.file(file) !== undefined);
  }

  /** Policies in the folder of an artifact and above it, the outermost first. */
  #foreignFor(path: string): readonly string[] {
    if (this.#order.policy !== null) return [];
    const found: string[] = [];
    for (let folder = SLASH_PATHS.dirname(this.#tree.full(path)); ; folder = SLASH_PATHS.dirname(folder)) {
      const file = SLASH_PATHS.join(folder, POLICY_NAME).slice(1);
      if (this.#tree.file(file) !== undefined) found.unshift(file);
      if (folder === '/') return found;
    }
  }

  #read(file: string): Foreign {
    const known = this.#foreign.get(file);
    if (known !== undefined) return known;
    if (this.#foreign.size === MAX_FOREIGN_POLICIES) {
      const problem = `more than ${MAX_FOREIGN_POLICIES} policies lie in what is scanned; ${file} was not read`;
      return { policy: null, ignored: [], problem };
    }
    const found = this.#load(file);
    this.#foreign.set(file, found);
    return found;
  }

  #load(file: string): Foreign {
    const bytes = this.#tree.read(this.#tree.full(file), MAX_POLICY_BYTES);
    if (typeof bytes === 'string')
      return { policy: null, ignored: [], problem: `cannot read the policy ${file}: ${bytes}` };
    try {
      const folder = SLASH_PATHS.dirname(this.#tree.full(file)).replace(/\/$/, '');
      const policy = loadPolicy(new TextDecoder().decode(bytes), file, folder);
      this.files.push({ path: file, sha256: sha256Hex(bytes), trusted: false, by: 'found' });
      return { policy, ignored: tighten(this.policy, policy).ignored, problem: null };
    } catch (error) {
      if (error instanceof PolicyError) return { policy: null, ignored: [], problem: error.message };
      throw error;
    }
  }
}
