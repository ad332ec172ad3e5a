import type { Severity } from '@artifact-sentinel/core';
import { plural } from '@artifact-sentinel/core/internal';
import { SEVERITY_MARKS, STANDING_WORDS } from './verdict.js';
import { isOpen, severityRank, standingOf, type Standing, type Subject } from './subjects.js';

/** Rules by what they are about: the first word of their IDs. */
export const FAMILIES = [
  ['PICKLE', 'Pickle', 'what unpickling would import and call'],
  ['TORCH', 'PyTorch', 'how PyTorch loads it'],
  ['KERAS', 'Keras', 'what Keras would build of it'],
  ['ARCHIVE', 'Archive', 'whether its readers agree on what is in it'],
  ['REPO', 'Repository', 'what loading the repository around it would run'],
  ['SERVING', 'Serving', 'services that load what they are sent'],
] as const;
export type Family = (typeof FAMILIES)[number][0];

export interface Cell {
  readonly family: Family;
  readonly count: number;
  /** Of the worst that counts; null where there is no finding. */
  readonly worst: Severity | null;
  readonly mark: string;
  /** In words, for those who do not see the mark. */
  readonly words: string;
}

export interface MatrixRow {
  readonly path: string;
  readonly standing: Standing;
  readonly standingWords: string;
  readonly cells: readonly Cell[];
}

/** File × family, as the subjects are sorted. */
export function matrixOf(subjects: readonly Subject[]): MatrixRow[] {
  return subjects.map((subject) => {
    const standing = standingOf(subject);
    return {
      path: subject.artifact.path,
      standing,
      standingWords: wordsOf(subject, standing),
      cells: FAMILIES.map(([family, title]) => cellOf(subject, family, title)),
    };
  });
}

/** What rests on an entry of the user says so. */
function wordsOf({ artifact }: Subject, standing: Standing): string {
  let allowed = 0;
  for (const part of artifact.parts)
    if (part.kind === 'stream') for (const { userAllowed } of part.globals) if (userAllowed) allowed += 1;
  return allowed === 0
    ? STANDING_WORDS[standing]
    : `${STANDING_WORDS[standing]}, ${plural(allowed, 'name')} allowed by you`;
}

function cellOf({ findings }: Subject, family: Family, title: string): Cell {
  const own = findings.filter(({ ruleId }) => familyOf(ruleId) === family);
  const open = own.filter(isOpen);
  let worst: Severity | null = null;
  for (const { severity } of open) if (worst === null || severityRank(severity) < severityRank(worst)) worst = severity;
  const accepted = own.length - open.length;
  const words =
    own.length === 0
      ? `${title}: none`
      : `${title}: ${plural(own.length, 'finding')}${worst === null ? '' : `, ${worst}`}${accepted > 0 ? `, ${accepted} accepted` : ''}`;
  return {
    family,
    count: own.length,
    worst,
    mark: own.length === 0 ? '·' : worst === null ? '✓' : SEVERITY_MARKS[worst],
    words,
  };
}

/** A rule of another family counts with the pickles, rather than nowhere. */
export function familyOf(ruleId: string): Family {
  const word = ruleId.slice(0, ruleId.indexOf('-'));
  return FAMILIES.find(([family]) => family === word)?.[0] ?? 'PICKLE';
}
