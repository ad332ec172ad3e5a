import type { Finding, Report, Severity } from '@artifact-sentinel/core';
import {
  countsInWords,
  describeBriefly,
  describeExcused,
  describePass,
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
    ...headOf(report, subjects),
    effects: effects.slice(0, SHOWN_EFFECTS),
    moreEffects: Math.max(0, effects.length - SHOWN_EFFECTS),
    caveats,
    counts: countsInWords(report),
  };
}

function headOf(report: Report, subjects: readonly Subject[]): Pick<VerdictView, 'tone' | 'headline' | 'because'> {
  const standing = count(subjects);
  const isOne = subjects.length === 1;
  if (subjects.length === 0)
    return { tone: 'unknown', headline: 'Nothing to say.', because: 'Nothing here is a file that Sentinel analyses.' };
  if (report.verdict === 'fail') {
    if (standing.fails === 0)
      return { tone: 'bad', headline: 'The policy is not met.', because: report.reasons.join(' ') };
    const headline = isOne ? 'Do not load this file.' : `Do not load ${standing.fails} of ${subjects.length} files.`;
    return { tone: 'bad', headline, because: worstWords(subjects[0]) };
  }
  if (report.verdict === 'incomplete')
    return {
      tone: 'unknown',
      headline: isOne ? 'Nothing can be said for this file.' : 'Nothing can be said for all of them.',
      because: `${plural(standing.incomplete, 'file')} could not be analysed completely. What was not read may hold anything.`,
    };
  return passOf(report, subjects, standing);
}

function passOf(
  report: Report,
  subjects: readonly Subject[],
  standing: Readonly<Record<Standing, number>>,
): Pick<VerdictView, 'tone' | 'headline' | 'because'> {
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
      because: `${plural(report.findings.length, 'finding')} ${report.findings.length === 1 ? 'is' : 'are'} left that fail nothing.`,
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

function worstWords(worst: Subject | undefined): string {
  const finding = worst?.findings.find(isOpen);
  if (worst === undefined || finding === undefined) return '';
  const name = shownName(lastPart(worst.artifact.path)).text;
  return `${name}: ${finding.title}. ${finding.fix}`;
}

function count(subjects: readonly Subject[]): Record<Standing, number> {
  const counts: Record<Standing, number> = { clean: 0, opaque: 0, noted: 0, ticket: 0, incomplete: 0, fails: 0 };
  for (const subject of subjects) counts[standingOf(subject)] += 1;
  return counts;
}

/** What the findings that count are about, each text once. */
function effectsOf(subjects: readonly Subject[]): string[] {
  const effects = new Set<string>();
  for (const { findings } of subjects)
    for (const finding of findings) if (isOpen(finding) && finding.action === 'fail') effects.add(effectOf(finding));
  return [...effects];
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
