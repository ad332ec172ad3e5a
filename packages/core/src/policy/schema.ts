import * as z from 'zod/mini';
import { ANY_FINGERPRINT } from '../model/fingerprint.js';
import { REACHES } from '../model/reach.js';
import { CATEGORIES } from '../model/rule.js';
import { SEVERITIES } from '../model/severity.js';
import { RULES } from '../rules/index.js';
import { THRESHOLDS } from './threshold.js';

const line = (text: string) => z.string().check(z.minLength(1), z.describe(text));
const severities = (text: string) => z.array(z.enum(SEVERITIES)).check(z.describe(text));

const reach = z
  .partialRecord(z.enum(REACHES), z.enum(['fail', 'ticket', 'note']))
  .check(
    z.describe(
      'The most that a finding in source asks for, by who decides what its loader gets: network, store, unknown, argument, file, constant, test. A reach that is not named asks for what the severity does.',
    ),
  );

const part = {
  owner: z.optional(line('Who is asked to act on a finding.')),
  fail_on: z.optional(severities('Severities that fail the run.')),
  ticket_on: z.optional(severities('Severities that ask for a ticket and fail nothing.')),
  reach: z.optional(reach),
  retest: z.optional(
    line(
      'The command that proves a fix; {path}, {rule} and {options} stand for the artifact, the rule and the options of the run.',
    ),
  ),
};

const rulePart = z.strictObject(part);

const sha256 = z
  .string()
  .check(
    z.regex(/^[0-9a-fA-F]{64}$/),
    z.describe('SHA-256 of the one artifact that the entry counts for: the file as it lies on disk, archives whole.'),
  );

const allowEntry = z.strictObject({
  entry: line('Exact module.name of one global; no wildcard, no whole module.'),
  why: line('Why it does no harm, with any arguments and any state.'),
  role: z.optional(
    z
      .enum(['bare', 'maker'])
      .check(
        z.describe(
          'bare (the default): instances may be made without a call and given a state. maker: it may be called besides.',
        ),
      ),
  ),
  expires: z.optional(z.iso.date().check(z.describe('Last day on which the entry counts, YYYY-MM-DD.'))),
  owner: z.optional(line('Who vouches for the entry.')),
  sha256: z.optional(sha256),
});

const pathEntry = z.strictObject({
  match: z
    .array(line('A glob: * and ? within a name, ** for any folders; ! in front takes artifacts out again.'))
    .check(
      z.minLength(1),
      z.describe('Artifacts, by their path from the folder of the policy file; by their absolute path after /.'),
    ),
  max_acceptable_severity: z
    .enum(THRESHOLDS)
    .check(z.describe('Highest level of the artifacts that match; the strictest counts where several entries do.')),
  why: z.optional(line('Why these artifacts are held to another level.')),
});

const acceptEntry = z.strictObject({
  fingerprint: z
    .string()
    .check(
      z.regex(ANY_FINGERPRINT),
      z.describe(
        'Fingerprint of the finding, as the report shows it. One without v2- is of an earlier version and counts no more.',
      ),
    ),
  owner: line('Who carries the risk.'),
  why: line('Why the risk is accepted.'),
  expires: z.iso.date().check(z.describe('Last day of the acceptance, YYYY-MM-DD.')),
  sha256: z.optional(sha256),
});

const sourceComments = z.strictObject({
  accept: z
    .array(line('A glob as under paths: * and ? within a name, ** for any folders; ! in front takes files out again.'))
    .check(
      z.minLength(1),
      z.describe(
        'Source files whose comments accept; members of archives never do. Anybody who can write to such a file can accept findings in it.',
      ),
    ),
});

/** One YAML document of a policy file. */
export const policyDocument = z.strictObject({
  category: z.optional(
    z
      .enum(CATEGORIES as [string, ...string[]])
      .check(z.describe('Rules that this document is about; every category when absent.')),
  ),
  ...part,
  rules: z.optional(
    z
      .partialRecord(z.enum(RULES.map((rule) => rule.meta.id) as [string, ...string[]]), rulePart)
      .check(z.describe('What differs for single rules; outranks the category.')),
  ),
  max_acceptable_severity: z.optional(
    z
      .enum(THRESHOLDS)
      .check(
        z.describe(
          'Highest level of the six that an artifact may have: strict, moderate and permissive are 0, 1 and 2.',
        ),
      ),
  ),
  paths: z.optional(
    z
      .array(pathEntry)
      .check(z.describe('Artifacts with a highest level of their own, instead of max_acceptable_severity.')),
  ),
  allow: z.optional(
    z.array(allowEntry).check(z.describe('Globals that you vouch for, beyond the built-in allowlist.')),
  ),
  source_comments: z.optional(
    sourceComments.check(
      z.describe(
        'Where comments in scanned source (`# sentinel: ignore[RULE] why`) accept findings; without it they are notes for the reader.',
      ),
    ),
  ),
  accept: z.optional(z.array(acceptEntry).check(z.describe('Findings whose risk somebody has accepted for a time.'))),
});
export type PolicyDocument = z.infer<typeof policyDocument>;

/** The keys of each map of a policy, for suggestions. */
export const POLICY_KEYS = {
  document: Object.keys(policyDocument.shape),
  rules: RULES.map((rule) => rule.meta.id),
  rule: Object.keys(part),
  reach: REACHES,
  allow: Object.keys(allowEntry.shape),
  accept: Object.keys(acceptEntry.shape),
  paths: Object.keys(pathEntry.shape),
  source_comments: Object.keys(sourceComments.shape),
};

/** The JSON Schema of one document, for editors. */
export function policyJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(policyDocument),
    $id: 'urn:sentinel:schema:policy:1',
    title: 'Sentinel policy',
    description: 'One YAML document of sentinel-policy.yml.',
  };
}
