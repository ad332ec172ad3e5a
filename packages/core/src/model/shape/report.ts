import * as z from 'zod/mini';
import { artifact, artifactOf1 } from './artifact.js';
import { NOTICE_CAUSES } from '../notice.js';
import { about, allowRole, count, date, fingerprint, maybeText, named, sha256, text, texts, tool } from './basics.js';
import { finding, findingOf1, findingOf2, known } from './finding.js';
import { REPOSITORY_MARKERS } from '../repository.js';
import { policy, run } from './run.js';

const summaryFields = {
  artifacts: count,
  streams: count,
  findings: z.object({ CRITICAL: count, HIGH: count, MEDIUM: count, LOW: count }),
  bytesRead: count,
  bytesTotal: count,
  durationMs: z.number().check(z.minimum(0)),
  skipped: count.check(about('Files that were read and are no supported artifact.')),
};
const opaque = count.check(
  about('Artifacts in formats that are recognised and not analysed; `artifacts` counts them too.'),
);

const repository = z
  .object({
    path: text.check(
      about('The folder, or the archive and the folder in it, with its separator; empty for the current folder.'),
    ),
    kinds: z.array(z.enum(REPOSITORY_MARKERS)).check(about('By the files that mark it.')),
    files: count.check(about('Files that were read for what they say of it.')),
    loads: z
      .array(
        z.object({
          loader: text,
          versions: text.check(about('Whose behaviour it is.')),
          reference: maybeText.check(about('The advisory about these versions; null where they behave as documented.')),
          runs: z
            .enum(['nothing', 'needs-trust', 'at-once'])
            .check(
              about(
                'nothing: no code of the repository. needs-trust: the code, once the user says that it is trusted. at-once: the code, without being asked.',
              ),
            ),
          code: texts.check(about('What would be run: the first files, repositories and names.')),
        }),
      )
      .check(about('With default settings.')),
  })
  .check(named('repository', 'A model repository, and what loading it would run.'));

export const incomplete = z.object({
  path: text,
  offset: z.nullable(count),
  cause: z
    .exactOptional(z.enum(NOTICE_CAUSES))
    .check(
      about(
        'truncated: more bytes are expected than there are. unreadable: they could not be had, or Sentinel broke off. Absent in early reports.',
      ),
    ),
  reason: text,
});

const allowFields = {
  entry: text,
  state: z.enum(['used', 'unused', 'expired', 'shadowed']).check(about('shadowed: it changes nothing in any scan.')),
  detail: maybeText.check(about('More about the state.')),
  why: maybeText,
  owner: maybeText,
  expires: z.nullable(date).check(about('Last day on which the entry counts.')),
  sha256: z.nullable(sha256).check(about('The one artifact that the entry counts for.')),
  origin: text,
};

const acceptFields = {
  fingerprint,
  owner: text,
  why: text,
  expires: z.nullable(date),
  origin: text,
  state: z
    .enum(['used', 'unused', 'expired', 'outdated'])
    .check(
      about(
        'expired whether or not it matches something; unused: nothing found has this fingerprint, in the artifact that it is pinned to; outdated: the fingerprint is of an earlier version.',
      ),
    ),
  findings: count.check(about('Findings of this run with this fingerprint.')),
};
const pinnedTo = z.nullable(sha256).check(about('The one artifact that it counts for.'));

const baseline = z
  .object({
    file: text,
    tool,
    startedAt: maybeText.check(about('Of the earlier run; null where its report does not tell.')),
    failOnNew: z.boolean().check(about('What the baseline knows failed nothing.')),
    new: count,
    unchanged: count,
    absent: z.array(known).check(about('Searched for and not there.')),
    notCompared: z.array(known).check(about('Not searched for, or not completely.')),
  })
  .check(named('baseline'));

/** What all versions have in common. */
const reportFields = {
  tool,
  command: text,
  run: z.nullable(run).check(about('What `sentinel retest` repeats; null for a scan by the library.')),
  verdict: z.enum(['pass', 'fail', 'incomplete']),
  reasons: texts.check(about("Why the run failed beyond the findings' own actions.")),
  incomplete: z.array(incomplete),
  baseline: z.nullable(baseline).check(about('Null without --baseline.')),
  notes: texts.check(about('Things to know that change no verdict.')),
};

const fieldsSince2 = {
  ...reportFields,
  policy: z.nullable(policy).check(about('Null in a report of an early version that was read back.')),
  summary: z.object({ ...summaryFields, opaque }),
  artifacts: z.array(artifact),
  allow: z
    .array(z.object({ ...allowFields, role: allowRole }))
    .check(about('Every allow entry of the user, and what became of it.')),
  accept: z
    .array(z.object({ ...acceptFields, sha256: pinnedTo }))
    .check(about('Acceptances of the policy: those that count, those that are expired, and those that match nothing.')),
};

export const reportSchema = z.object({
  schemaVersion: z.literal(4),
  ...fieldsSince2,
  repositories: z
    .array(repository)
    .check(
      about(
        'Empty where no rule about repositories was asked for, and in a report of an earlier version that was read back.',
      ),
    ),
  findings: z.array(finding),
});

/** Schema version 3: it knows no repositories. */
export const reportOf3Schema = z.object({ schemaVersion: z.literal(3), ...fieldsSince2, findings: z.array(finding) });

/** Schema version 2: its findings name no techniques of MITRE ATLAS. */
export const reportOf2Schema = z.object({
  schemaVersion: z.literal(2),
  ...fieldsSince2,
  findings: z.array(findingOf2),
});

/** Schema version 1, and what its early reports lack. */
export const reportOf1Schema = z.object({
  schemaVersion: z.literal(1),
  ...reportFields,
  policy: z.optional(policy),
  summary: z.object(summaryFields),
  artifacts: z.array(artifactOf1),
  findings: z.array(findingOf1),
  allow: z.array(z.object({ ...allowFields, role: z.optional(allowRole) })),
  accept: z.array(z.object({ ...acceptFields, sha256: z.optional(pinnedTo) })),
});

/**
 * The JSON Schema of what `--format json` prints.
 * @internal For tools/generate-docs.mjs and the tests.
 */
export function reportJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(reportSchema),
    $id: 'urn:sentinel:schema:report:4',
    title: 'Sentinel report',
    description: 'What `sentinel artifact --format json` prints; schema version 4.',
  };
}
