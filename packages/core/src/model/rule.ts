import type { AtlasId } from './atlas.js';
import type { FactKind, FactOf } from './fact.js';
import type { FlowStep } from './flow-fact.js';
import type { AllowRole } from './allow-role.js';
import type { InsertPlace } from './source-fact.js';
import type { SafetyLevel, Severity } from './severity.js';

export type Category = 'PICKLE' | 'ARCHIVE' | 'TORCH' | 'KERAS' | 'REPO' | 'SERVING';
export const CATEGORIES: readonly Category[] = ['PICKLE', 'ARCHIVE', 'TORCH', 'KERAS', 'REPO', 'SERVING'];

/** An entry of a catalogue of weaknesses or controls. */
export interface Mapping {
  readonly framework: string;
  readonly id: string;
  readonly title: string;
}

/** A rule's record: every field of the seeds. */
export interface RuleMeta {
  readonly id: string;
  readonly category: Category;
  readonly severity: Severity;
  readonly title: string;
  readonly cwe: readonly `CWE-${number}`[];
  readonly owaspLlm: readonly `LLM${string}`[];
  /** Techniques of MITRE ATLAS that the finding is part of. */
  readonly atlas: readonly AtlasId[];
  /** Further catalogues that the weakness is mapped to. */
  readonly mappings?: readonly Mapping[];
  readonly fpRisk: 'LOW' | 'MEDIUM' | 'HIGH';
  readonly owner: string;
  readonly decision: string;
  /** One line; the third line of the text report. */
  readonly fixHint: string;
  readonly description: string;
  readonly why: string;
  readonly firesWhen: string;
  readonly evidenceFormat: string;
  readonly expectedEvidence: string;
  readonly falsePositives: string;
  readonly triage: {
    readonly source: string;
    readonly impact: string;
    readonly control: string;
    readonly evidence: string;
  };
  readonly fix: string;
  /** `{path}` is replaced by the scanned paths. */
  readonly retest: string;
  readonly policyExample: string;
  readonly bad: string;
  readonly good: string;
  /**
   * Python that writes one artifact on which the rule fires, and the same one done right. The tests run both and load
   * nothing. Absent where `bad` and `good` are sources that the rule reads.
   */
  readonly artifacts?: { readonly bad: string; readonly good: string };
  /** Python on which the rule fires, and the same done right, where `bad` and `good` show something more general. */
  readonly sources?: { readonly bad: string; readonly good: string };
  readonly related: readonly string[];
}

/** What a rule may know beside the fact. */
export interface RuleContext {
  /** Entries of the user (`--also-allow`, `allow:`), exact `module.name`, unexpired. */
  readonly userAllow: ReadonlySet<string>;
}

/** Text to put into a source. */
export interface Insertion {
  /** What it does, as a sentence. */
  readonly description: string;
  readonly at: InsertPlace;
  readonly text: string;
}

export interface Match {
  /** The signal that disappears when the finding is fixed: an opcode and a global, or a stable code. */
  readonly signal: string;
  /** The call as a readable line, or null. */
  readonly call: string | null;
  readonly chain: readonly string[];
  readonly message: string;
  /** Names that an entry of a policy could let pass; those that no policy may have are left out of the report. */
  readonly entries?: readonly { readonly entry: string; readonly role: AllowRole }[];
  /** What this finding makes of the stream on the six-level scale. */
  readonly level: SafetyLevel;
  readonly severity?: Severity;
  /** Too little for a finding: it only raises the level, and the message becomes a note. */
  readonly quiet?: true;
  /** Entries of the user that make it quiet. */
  readonly allowedBy?: readonly string[];
  /** Text that closes the finding where it is put into the source. */
  readonly insertion?: Insertion;
  /** The steps of the bytes from where they are received to where they are loaded. */
  readonly flow?: readonly FlowStep[];
  /** Weaknesses that this finding has beside those of the rule. */
  readonly cwe?: readonly `CWE-${number}`[];
}

export interface Rule<K extends FactKind = FactKind> {
  readonly meta: RuleMeta;
  readonly on: readonly K[];
  /** Pure and synchronous; no I/O. */
  check(fact: FactOf<K>, context: RuleContext): Match | undefined;
}
