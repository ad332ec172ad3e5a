import * as z from 'zod/mini';
import { REACHES } from '../reach.js';
import {
  about,
  count,
  date,
  evidence,
  fingerprint,
  location,
  maybeText,
  named,
  position,
  safety,
  severity,
  text,
} from './basics.js';

export const acceptance = z
  .object({
    owner: text,
    why: text,
    expires: z.nullable(date),
    inSource: z
      .exactOptional(z.literal(true))
      .check(about('A comment in the source says so, which the policy lets count there.')),
  })
  .check(named('acceptance', 'Who answers for a finding that stays.'));

const comment = z
  .object({
    line: count,
    text,
    counts: z.boolean().check(about('It accepts the finding: source_comments of the policy names the file.')),
    why: maybeText.check(about('Why it does not count.')),
  })
  .check(named('comment', 'A comment of the source that asks Sentinel to look away.'));

const insertion = z
  .object({
    description: text,
    at: z.object({ line: position, column: position, offset: count }),
    text,
  })
  .check(named('insertion', 'Text that closes the finding where it is put into the source.'));

const covers = z
  .enum(['effects', 'bytes', 'source', 'unknown'])
  .check(
    about(
      'What the fingerprint covers: all that loading the stream does; the bytes, where readers part or it is no pickle; the tokens of source; unknown: not all could be read, and it cannot be accepted.',
    ),
  );

const reach = z
  .enum(REACHES)
  .check(
    named(
      'reach',
      'Who decides what a loader of source gets, the widest first. network: another process or machine. store: where others write to. unknown: nothing says it, which counts for more than an argument. argument: callers of a public function. file: the user names it. constant: a path that stands in the source. test: a test, an example or a benchmark.',
    ),
  );

const findingFields = {
  ruleId: text.check(z.regex(/^[A-Z]+(?:-[A-Z0-9]+)+$/)),
  severity,
  title: text,
  message: text,
  cwe: z.array(text.check(z.regex(/^CWE-\d+$/))).check(z.minLength(1)),
  owaspLlm: z.array(text.check(z.regex(/^LLM\d+$/))),
  fpRisk: z.enum(['LOW', 'MEDIUM', 'HIGH']),
  owner: text,
  decision: text,
  artifact: text.check(about('Path of the artifact, the outermost file.')),
  location,
  evidence,
  why: text,
  fix: text.check(about('The one-line fix hint.')),
  retest: text,
  fingerprint,
  action: z.enum(['fail', 'ticket', 'note']),
  accepted: z.nullable(acceptance),
  reach: z.exactOptional(reach),
  loweredByReach: z
    .exactOptional(z.literal(true))
    .check(about('The policy asks for less because of the reach, and the finding raises no level.')),
  comments: z.exactOptional(z.array(comment).check(z.minLength(1))),
  insertion: z.exactOptional(insertion),
  flow: z
    .exactOptional(z.array(z.object({ at: location, text, code: text })).check(z.minLength(1)))
    .check(about('The steps of the bytes: where they are received first, where they are loaded last.')),
  baseline: z
    .nullable(
      z.object({
        state: z.enum(['new', 'unchanged']),
        tolerated: z.boolean().check(about('--fail-on-new lets it pass because it is known.')),
      }),
    )
    .check(about('Null without --baseline.')),
  safety,
};

const atlas = z
  .array(text.check(z.regex(/^AML\.T\d{4}(?:\.\d{3})?$/)))
  .check(about('Techniques of MITRE ATLAS; empty where the report is of an earlier version and was read back.'));

export const finding = z.object({ ...findingFields, covers, atlas }).check(named('finding'));

/** As schema version 2 had it. */
export const findingOf2 = z.object({ ...findingFields, covers });

/** As schema version 1 had it: early reports do not say what the fingerprint covers. */
export const findingOf1 = z.object({ ...findingFields, covers: z.optional(covers) });

export const known = z
  .object({
    ruleId: text,
    severity,
    title: text,
    message: text,
    owner: text,
    artifact: text,
    location,
    evidence,
    fingerprint,
    reason: text.check(about('Why it is absent, or why nothing can be said.')),
  })
  .check(named('known', 'A finding of the baseline that this run did not make.'));
