import type { Finding, RuleMeta } from '@artifact-sentinel/core';
import {
  describeAction,
  describeComments,
  describeCover,
  describeReach,
  describeState,
  showCommand,
  showLine,
  showLocation,
} from '@artifact-sentinel/core/internal';
import { counted } from './names.js';

/** What is shown of a finding, in its order. Texts are escaped. */
export interface FindingCard {
  readonly title: string;
  /** What it means. */
  readonly message: string;
  readonly why: string;
  /** What to do. */
  readonly fix: string;
  readonly facts: readonly Fact[];
  /** What few ask for. */
  readonly more: readonly Fact[];
  readonly steps: readonly { readonly where: string; readonly text: string; readonly code: string }[];
  readonly retest: string;
  /** To copy into a policy; null where an entry would allow nothing or nobody should have one. */
  readonly allow: string | null;
  /** The names that PyTorch's restricted loader would have to be given, as code; null where there are none to give. */
  readonly safeGlobals: string | null;
  /** The rule's record; empty while the rules are not known. */
  readonly rule: readonly Section[];
}

export interface Fact {
  readonly name: string;
  readonly value: string;
  readonly isCode: boolean;
}

export interface Section {
  readonly title: string;
  readonly text: string;
}

export function cardOf(finding: Finding, rule: RuleMeta | undefined): FindingCard {
  return {
    title: finding.title,
    message: showLine(finding.message),
    why: showLine(finding.why),
    fix: showLine(finding.fix),
    facts: factsOf(finding),
    more: moreFacts(finding),
    steps: (finding.flow ?? []).map(({ at, text, code }) => ({
      where: showLocation(at),
      text: showLine(text),
      code: showLine(code),
    })),
    retest: showCommand(finding.retest),
    allow: allowEntry(finding),
    safeGlobals: safeGlobalsOf(finding),
    rule: rule === undefined ? [] : ruleSections(rule),
  };
}

const text = (name: string, value: string): Fact => ({ name, value: showLine(value), isCode: false });
const code = (name: string, value: string): Fact => ({ name, value: showLine(value), isCode: true });

function factsOf(finding: Finding): Fact[] {
  const { evidence, location, owner, decision } = finding;
  const reach = describeReach(finding);
  const state = describeState(finding);
  return [
    { name: 'Where', value: showLocation(location), isCode: true },
    code(evidence.call === null ? 'Signal' : 'Call', evidence.call ?? evidence.signal),
    text('Action', describeAction(finding)),
    text('Owner', owner),
    text('Decision', decision),
    ...(reach === null ? [] : [text('Reach', reach)]),
    ...describeComments(finding).map((comment) => text('Comment', comment)),
    ...(state === null ? [] : [text('Baseline', state)]),
  ];
}

function moreFacts(finding: Finding): Fact[] {
  const { evidence, safety, cwe, owaspLlm, atlas } = finding;
  return [
    ...(evidence.call === null ? [] : [code('Signal', evidence.signal)]),
    ...(evidence.chain.length === 0 ? [] : [code('Steps', evidence.chain.join(' → '))]),
    text('Level', `${safety.name} (${safety.level} of 5)`),
    text('Weakness', [...cwe, ...owaspLlm, ...atlas].join(', ')),
    code('Fingerprint', `${finding.fingerprint}${describeCover(finding)}`),
  ];
}

/** Only a name that nobody knows may be allowed: one that is dangerous is refused by every policy. */
function allowEntry({ ruleId, evidence }: Finding): string | null {
  const [known] = evidence.entries ?? [];
  if (ruleId !== 'PICKLE-GLOBAL-IMPORT' || known === undefined) return null;
  return [
    'allow:',
    `  - entry: ${known.entry}`,
    ...(known.role === 'maker' ? ['    role: maker  # it may be called, with any arguments'] : []),
    "    why: ''  # who read its source, and what it does",
    "    owner: ''",
  ].join('\n');
}

const SAFE_GLOBALS = /safe_globals\(\[([\w., ]+)\]\) PyTorch (?:takes|gets)/;

/** As the rule says it: it proposes no list with a name that nobody should list. */
function safeGlobalsOf({ message, why, fix }: Finding): string | null {
  for (const said of [message, why, fix]) {
    const names = SAFE_GLOBALS.exec(said)?.[1]?.split(', ');
    if (names === undefined) continue;
    const modules = [...new Set(names.map((name) => name.slice(0, name.lastIndexOf('.'))))];
    return [
      ...modules.map((module) => `import ${module}`),
      `torch.serialization.add_safe_globals([${names.join(', ')}])`,
    ].join('\n');
  }
  return null;
}

function ruleSections(rule: RuleMeta): Section[] {
  const { source, impact, control, evidence } = rule.triage;
  return [
    { title: 'What it finds', text: rule.description },
    { title: 'Why it matters', text: rule.why },
    { title: 'How to fix', text: rule.fix },
    { title: 'Before you decide', text: [source, impact, control, evidence].join(' ') },
    { title: 'When it is wrong', text: rule.falsePositives },
  ];
}

/** `3 findings`, for the head of a list. */
export function findingsTitle(count: number): string {
  return count === 0 ? 'No finding' : counted(count, 'finding');
}
