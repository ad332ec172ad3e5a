import type { Finding, Report, Severity } from '@artifact-sentinel/core';
import {
  countsInWords,
  describeBriefly,
  describeExcused,
  describePass,
  showLine,
  plural,
} from '@artifact-sentinel/core/internal';
import { lastPart, shownName } from './names.js';
import { isOpen, standingOf, type Standing, type Subject } from './subjects.js';

/** What a person reads first. */
export interface VerdictView {
  readonly tone: 'bad' | 'unknown' | 'attention' | 'good';
  /** One sentence: `Do not load this file.` */
  readonly headline: string;
  /** Why, in one or two sentences. */
  readonly because: string;
  /** What to do about the worst; null where there is nothing to do. */
  readonly todo: string | null;
  /** What would run, the worst first, each once; at most SHOWN_EFFECTS. */
  readonly effects: readonly string[];
  readonly moreEffects: number;
  /** What the verdict leaves out: acceptances, what a pass does not prove. */
  readonly caveats: readonly string[];
  /** `2 findings (2 HIGH) in 3 artifacts; …` */
  readonly counts: string;
}

const SHOWN_EFFECTS = 3;

export function verdictOf(report: Report, subjects: readonly Subject[]): VerdictView {
  const effects = effectsOf(subjects);
  const caveats = [describeExcused(report), describePass(report), ...report.reasons].filter((text) => text !== null);
  return {
    todo: null,
    ...headOf(report, subjects),
    // Of one effect alone the sentence has said it.
    effects: effects.length === 1 ? [] : effects.slice(0, SHOWN_EFFECTS),
    moreEffects: Math.max(0, effects.length - SHOWN_EFFECTS),
    caveats,
    counts: countsInWords(report),
  };
}

type Head = Pick<VerdictView, 'tone' | 'headline' | 'because'> & Partial<Pick<VerdictView, 'todo'>>;

function headOf(report: Report, subjects: readonly Subject[]): Head {
  const standing = count(subjects);
  const isOne = subjects.length === 1;
  if (subjects.length === 0)
    return { tone: 'unknown', headline: 'Nothing to say.', because: 'Nothing here is a file that Sentinel analyses.' };
  if (report.verdict === 'fail') {
    if (standing.fails === 0)
      return { tone: 'bad', headline: 'The policy is not met.', because: report.reasons.join(' ') };
    const headline = isOne
      ? 'Do not load this file.'
      : standing.fails === subjects.length
        ? `Do not load any of these ${subjects.length} files.`
        : `Do not load ${standing.fails} of ${subjects.length} files.`;
    return { tone: 'bad', headline, because: worstWords(subjects[0], isOne), todo: todoOf(subjects[0]) };
  }
  if (report.verdict === 'incomplete')
    return {
      tone: 'unknown',
      headline: isOne ? 'Nothing can be said for this file.' : 'Nothing can be said for all of them.',
      because: `${plural(standing.incomplete, 'file')} could not be analysed completely. What was not read may hold anything.`,
    };
  return passOf(report, subjects, standing);
}

function passOf(report: Report, subjects: readonly Subject[], standing: Readonly<Record<Standing, number>>): Head {
  if (standing.opaque === subjects.length)
    return {
      tone: 'unknown',
      headline: 'Recognised, not analysed.',
      because:
        'The format is known. What its readers run of it is not analysed, so that nothing is said of its safety.',
    };
  if (report.findings.length > 0)
    return {
      tone: 'attention',
      headline: 'The policy is met.',
      because: `${plural(report.findings.length, 'finding is left that fails', 'findings are left that fail')} nothing.`,
    };
  const names = new Set<string>();
  for (const { artifact } of subjects)
    for (const part of artifact.parts)
      if (part.kind === 'stream') for (const { module, name } of part.globals) names.add(`${module}.${name}`);
  const imports =
    names.size === 0
      ? 'Loading would import and call nothing.'
      : `Loading would import ${plural(names.size, 'name')}, each one known and used as its library does.`;
  return { tone: 'good', headline: 'Nothing dangerous found.', because: imports };
}

/** What the worst finding means; of several files with the name of that one. */
function worstWords(worst: Subject | undefined, isOne: boolean): string {
  const finding = worst?.findings.find(isOpen);
  if (worst === undefined || finding === undefined) return '';
  const message = showLine(finding.message);
  return isOne ? message : `The worst is ${shownName(lastPart(worst.artifact.path)).text}. ${message}`;
}

function count(subjects: readonly Subject[]): Record<Standing, number> {
  const counts: Record<Standing, number> = { clean: 0, opaque: 0, noted: 0, ticket: 0, incomplete: 0, fails: 0 };
  for (const subject of subjects) counts[standingOf(subject)] += 1;
  return counts;
}

function todoOf(worst: Subject | undefined): string | null {
  const finding = worst?.findings.find(isOpen);
  return finding === undefined ? null : showLine(finding.fix);
}

/** What the findings that count are about, each text once, those that run something first. */
function effectsOf(subjects: readonly Subject[]): string[] {
  const effects = new Set<string>();
  const others = new Set<string>();
  for (const { findings } of subjects) {
    const failing = findings.filter((finding) => isOpen(finding) && finding.action === 'fail');
    const runs = failing.some(({ evidence }) => evidence.call !== null);
    for (const finding of failing) {
      // What a loader makes of it follows from what it would run.
      if (runs && finding.evidence.call === null && finding.ruleId === 'TORCH-LOAD-UNTRUSTED') continue;
      (finding.evidence.call === null ? others : effects).add(effectOf(finding));
    }
  }
  return [...effects, ...others];
}

export function effectOf(finding: Finding): string {
  return describeBriefly(finding);
}

/** A mark that is read without colour, and its word. */
export const SEVERITY_MARKS: Readonly<Record<Severity, string>> = { CRITICAL: '✕', HIGH: '▲', MEDIUM: '◆', LOW: '○' };

export const STANDING_WORDS: Readonly<Record<Standing, string>> = {
  fails: 'do not load',
  incomplete: 'not all read',
  ticket: 'needs a ticket',
  noted: 'noted',
  opaque: 'not analysed',
  clean: 'no finding',
};
