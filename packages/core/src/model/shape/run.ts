import * as z from 'zod/mini';
import { REACHES } from '../reach.js';
import { about, count, levelName, maybeText, named, severity, sha256, text, texts } from './basics.js';

export const policyFile = z.object({
  path: text.check(about('As shown to people: relative where it lies below the working folder.')),
  sha256,
  trusted: z
    .boolean()
    .check(about('False: it lies in what is scanned, or only an earlier report names it, and it only tightens.')),
  by: z
    .exactOptional(z.enum(['--policy', 'SENTINEL_POLICY', '--trust-policy-in-tree', 'report', 'found']))
    .check(about('What made it count, or that it was found.')),
});

export const run = z
  .object({
    startedAt: text.check(z.regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z$/), about('UTC.')),
    paths: texts.check(about('Relative to the working folder, as they were given.')),
    rules: texts.check(about('Categories and rules that were asked for; empty for all.')),
    policy: maybeText.check(about('The file named by --policy or SENTINEL_POLICY; null where it was searched for.')),
    policyFolder: z
      .exactOptional(text)
      .check(about('Where the globs of the policy begin, where that is not its own folder.')),
    trustPolicyInTree: z.exactOptional(z.literal(true)),
    policyFiles: z.array(policyFile),
    maxAcceptableSeverity: maybeText,
    alsoAllow: texts,
    timeoutSeconds: z.nullable(z.number().check(z.positive())),
    requireArtifacts: z.boolean(),
    followLinks: z.exactOptional(z.literal(true)).check(about('Links out of the scanned folders were followed.')),
    allowPrivate: z
      .exactOptional(z.literal(true))
      .check(about('Remote sources at private addresses were allowed (--allow-private).')),
    maxDownload: z
      .exactOptional(count)
      .check(
        about('Bytes of a file that was downloaded to be scanned, where its server ignores ranges (--max-download).'),
      ),
    thorough: z
      .exactOptional(z.literal(true))
      .check(about('Remote sources were read for what only repeats other records as well (--thorough).')),
  })
  .check(named('run', 'What the run was asked to do: enough to do it again.'));

const gateFields = {
  failOn: z.array(severity).check(about('Severities that fail the run.')),
  ticketOn: z.array(severity).check(about('Severities that ask for a ticket and fail nothing.')),
  reach: z
    .exactOptional(z.partialRecord(z.enum(REACHES), z.enum(['fail', 'ticket', 'note'])))
    .check(about('The most that findings of a reach ask for; one that is not named asks for what its severity does.')),
};
const gate = z.object(gateFields).check(named('gate'));

export const policy = z
  .object({
    ...gateFields,
    rules: z.record(text, gate).check(about('Rules for which something else holds.')),
    maxAcceptableSeverity: levelName,
    paths: z.array(z.object({ match: texts, maxAcceptableSeverity: levelName })),
    sourceComments: texts.check(about('Globs of the files whose comments accept findings.')),
  })
  .check(
    named(
      'policy',
      'The policy as it held, options of the command line included; policies of the scanned tree only ask for more.',
    ),
  );
