import * as z from 'zod/mini';
import {
  about,
  count,
  evidence,
  fingerprint,
  location,
  maybeText,
  named,
  severity,
  sha256,
  text,
  texts,
  tool,
} from './basics.js';
import { acceptance, finding } from './finding.js';
import { incomplete } from './report.js';
import { policyFile, run } from './run.js';

const time = text.check(z.regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z$/), about('UTC.'));

const artifactState = z
  .object({ path: text, sha256: z.nullable(sha256), notHashed: maybeText })
  .check(named('artifactState', 'The bytes that an artifact had.'));

const closureFinding = z
  .object({
    ruleId: text.check(z.regex(/^[A-Z]+(?:-[A-Z0-9]+)+$/)),
    severity,
    title: text,
    owner: text,
    artifact: text,
    location,
    evidence,
    fingerprint,
    status: z
      .enum(['closed', 'removed', 'open', 'unverifiable'])
      .check(
        about(
          'closed: the signal is gone from an artifact that was analysed completely. removed: the artifact is gone. open: the signal is still there, even if the policy accepts it now. unverifiable: nothing can be said.',
        ),
      ),
    reason: text.check(about('Why it has this status, in a sentence.')),
    before: artifactState,
    after: z.nullable(artifactState).check(about('Null where the artifact is gone or was not found.')),
    action: z
      .nullable(z.enum(['fail', 'ticket', 'note']))
      .check(
        about('What the policy makes of an open finding now; null for the others, and where an allow entry hides it.'),
      ),
    accepted: z.nullable(acceptance),
  })
  .check(named('closureFinding', 'An earlier finding, and what became of it.'));

const setting = z.object({
  name: z.enum(['root', 'paths', 'rules', 'allow entries', 'highest acceptable level', 'timeout', 'links']),
  value: text,
  from: z.enum(['command line', 'report', 'default', 'working folder', 'folder of the report']),
  ignored: maybeText.check(
    about('What the report asks for instead, and what was not done; null where there is nothing of the kind.'),
  ),
});

/** The closure record, as `sentinel retest --format json` prints it. */
export const closureSchema = z.object({
  schemaVersion: z.literal(1),
  kind: z.literal('closure'),
  tool,
  command: text,
  time,
  outcome: z
    .enum(['closed', 'open', 'unverifiable'])
    .check(about('The worst of the findings and of the scan: open before unverifiable before closed.')),
  report: z
    .object({ path: text, sha256, tool, command: text, startedAt: time })
    .check(about('The report that was retested.')),
  run,
  settings: z.array(setting).check(about('What was taken from where; what a report alone asks for may only tighten.')),
  policy: z.object({
    before: z.array(policyFile),
    after: z.array(policyFile),
    changes: texts.check(about('What differs, in words; empty when the texts are the same.')),
  }),
  counts: z.object({ closed: count, removed: count, open: count, unverifiable: count, new: count }),
  findings: z.array(closureFinding),
  newFindings: z.array(finding).check(about('What the retest found and the report did not have.')),
  scan: z
    .object({
      verdict: z.enum(['pass', 'fail', 'incomplete']),
      reasons: texts,
      artifacts: z.array(artifactState),
      incomplete: z.array(incomplete),
    })
    .check(about('The scan that was run for it.')),
  notes: texts.check(about('Things to know that change no status.')),
});

/**
 * The JSON Schema of a closure record.
 * @internal For tools/generate-docs.mjs and the tests.
 */
export function closureJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(closureSchema),
    $id: 'urn:sentinel:schema:closure:1',
    title: 'Sentinel closure record',
    description: 'What `sentinel retest --format json` prints; schema version 1.',
  };
}
