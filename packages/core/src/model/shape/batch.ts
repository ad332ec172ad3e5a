import * as z from 'zod/mini';
import { about, count, maybeText, named, sha256, text, texts } from './basics.js';
import { reportSchema } from './report.js';

const collected = z
  .looseObject({
    path: text,
    size: count,
    sha256: z.nullable(sha256),
    facts: z.array(z.looseObject({ kind: text })),
  })
  .check(
    named(
      'collected',
      'What lies in one artifact, with no opinion about it. Its inner shape is that of the version in `made`: the same version judges it again by another policy without a byte of the artifact.',
    ),
  );

const made = z
  .object({
    version: text,
    catalogue: text,
    policy: z.nullable(sha256).check(about('Of the policy file; null for the built-in policy.')),
    maxAcceptableSeverity: maybeText,
    alsoAllow: texts,
    rules: texts.check(about('As they were selected; empty for all.')),
    thorough: z.boolean(),
  })
  .check(named('made', 'What a record was made with. A record made with something else is made again.'));

/** One line of what `sentinel batch` writes. */
export const batchRecordSchema = z.object({
  recordVersion: z.literal(1),
  id: text.check(about('Of the line of the list; its source, where it names no other.')),
  source: text,
  pinned: maybeText.check(about('The address of a remote source with its revision; null for files.')),
  made,
  verdict: z.enum(['pass', 'fail', 'incomplete']),
  report: reportSchema,
  facts: z
    .nullable(z.array(collected))
    .check(
      about(
        'Of every file that was read as an artifact or for what it says of a repository; null where they are left out.',
      ),
    ),
  factsLeftOut: maybeText.check(about('Why they are left out; null where they are there.')),
});

/**
 * The JSON Schema of one line.
 * @internal For tools/generate-docs.mjs and the tests.
 */
export function batchJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(batchRecordSchema),
    $id: 'urn:sentinel:schema:batch-record:1',
    title: 'Sentinel batch record',
    description: 'One line of what `sentinel batch` writes: what one source of the list came to.',
  };
}
