import * as z from 'zod/mini';
import { ANY_FINGERPRINT } from '../model/fingerprint.js';
import type { Report } from '../model/report.js';
import { SAFETY_LEVELS, SEVERITIES, type Safety } from '../model/severity.js';

/**
 * The shape of schemas/report.schema.json for reading a report back. Keys that a later version may add are left out of
 * what is read; everything that is read has its type.
 */

const count = z.number().check(z.int(), z.minimum(0));
const offset = z.nullable(count);
const text = z.string();
const texts = z.array(text);
const hash = z.nullable(text.check(z.regex(/^[0-9a-f]{64}$/)));
const date = text.check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
const fingerprint = text.check(z.regex(ANY_FINGERPRINT));
const severity = z.enum(SEVERITIES);
const safety = z.pipe(
  z
    .object({ level: count, name: z.enum(SAFETY_LEVELS) })
    .check(z.refine(({ level, name }) => SAFETY_LEVELS[level] === name, 'level and name do not fit')),
  z.transform((value) => value as Safety),
);
const location = z.object({
  path: text,
  offset,
  line: z.nullable(count),
  column: z.exactOptional(count),
  endLine: z.exactOptional(count),
  endColumn: z.exactOptional(count),
  cell: z.exactOptional(count),
});
const insertion = z.object({
  description: text,
  at: z.object({ line: count, column: count, offset: count }),
  text,
});
const flow = z.array(z.object({ at: location, text, code: text }));
const evidence = z.object({ signal: text, call: z.nullable(text), chain: texts });

const global = z.object({
  module: text,
  name: text,
  class: z.enum(['allowed', 'unexpected', 'dangerous', 'dynamic']),
  offset: count,
  count,
  called: z.boolean(),
  via: z.enum(['GLOBAL', 'STACK_GLOBAL', 'INST', 'EXT1', 'EXT2', 'EXT4']),
  userAllowed: z.boolean(),
});

const stream = z.object({
  path: text,
  role: z.enum([
    'plain',
    'torch-zip',
    'torch-legacy',
    'torch-tar',
    'torchscript',
    'joblib',
    'npy',
    'array',
    'embedded',
  ]),
  offset: count,
  length: count,
  protocol: count,
  end: z.enum(['stop', 'error']),
  error: z.nullable(text),
  sha256: hash,
  safety,
  globals: z.array(global),
});

const artifact = z.object({
  path: text,
  size: count,
  format: text,
  status: z.enum(['complete', 'incomplete']),
  safety,
  sha256: hash,
  notHashed: z.nullable(text),
  streams: z.array(stream),
});

const finding = z.object({
  ruleId: text.check(z.regex(/^[A-Z]+(?:-[A-Z0-9]+)+$/)),
  severity,
  title: text,
  message: text,
  cwe: texts,
  owaspLlm: texts,
  fpRisk: z.enum(['LOW', 'MEDIUM', 'HIGH']),
  owner: text,
  decision: text,
  artifact: text,
  location,
  evidence,
  why: text,
  fix: text,
  retest: text,
  fingerprint,
  covers: z.optional(z.enum(['effects', 'bytes', 'source', 'unknown'])),
  action: z.enum(['fail', 'ticket', 'note']),
  accepted: z.nullable(
    z.object({ owner: text, why: text, expires: z.nullable(date), inSource: z.exactOptional(z.literal(true)) }),
  ),
  comments: z.exactOptional(z.array(z.object({ line: count, text, counts: z.boolean(), why: z.nullable(text) }))),
  insertion: z.exactOptional(insertion),
  flow: z.exactOptional(flow),
  baseline: z.nullable(z.object({ state: z.enum(['new', 'unchanged']), tolerated: z.boolean() })),
  safety,
});

const known = z.object({
  ruleId: text,
  severity,
  title: text,
  message: text,
  owner: text,
  artifact: text,
  location,
  evidence,
  fingerprint,
  reason: text,
});

const baseline = z.object({
  file: text,
  tool: z.object({ name: z.literal('sentinel'), version: text, rules: text }),
  startedAt: z.nullable(text),
  failOnNew: z.boolean(),
  new: count,
  unchanged: count,
  absent: z.array(known),
  notCompared: z.array(known),
});

const run = z.object({
  startedAt: text,
  paths: texts,
  rules: texts,
  policy: z.nullable(text),
  policyFolder: z.exactOptional(text),
  trustPolicyInTree: z.exactOptional(z.literal(true)),
  policyFiles: z.array(
    z.object({
      path: text,
      sha256: text,
      trusted: z.boolean(),
      by: z.exactOptional(z.enum(['--policy', 'SENTINEL_POLICY', '--trust-policy-in-tree', 'report', 'found'])),
    }),
  ),
  maxAcceptableSeverity: z.nullable(text),
  alsoAllow: texts,
  timeoutSeconds: z.nullable(z.number()),
  requireArtifacts: z.boolean(),
  followLinks: z.exactOptional(z.literal(true)),
});

const gate = { failOn: z.array(severity), ticketOn: z.array(severity) };
const level = z.enum(SAFETY_LEVELS);
const policy = z.object({
  ...gate,
  rules: z.record(text, z.object(gate)),
  maxAcceptableSeverity: level,
  paths: z.array(z.object({ match: texts, maxAcceptableSeverity: level })),
  sourceComments: texts,
});

export const reportSchema: z.ZodMiniType<Report> = z.object({
  schemaVersion: z.literal(1),
  tool: z.object({ name: z.literal('sentinel'), version: text, rules: text }),
  command: text,
  run: z.nullable(run),
  policy: z.exactOptional(policy),
  verdict: z.enum(['pass', 'fail', 'incomplete']),
  reasons: texts,
  summary: z.object({
    artifacts: count,
    streams: count,
    findings: z.object({ CRITICAL: count, HIGH: count, MEDIUM: count, LOW: count }),
    bytesRead: z.number(),
    bytesTotal: z.number(),
    durationMs: z.number(),
    skipped: count,
  }),
  artifacts: z.array(artifact),
  findings: z.array(finding),
  incomplete: z.array(z.object({ path: text, offset, reason: text })),
  allow: z.array(
    z.object({
      entry: text,
      role: z.optional(z.enum(['bare', 'maker'])),
      state: z.enum(['used', 'unused', 'expired', 'shadowed']),
      detail: z.nullable(text),
      why: z.nullable(text),
      owner: z.nullable(text),
      expires: z.nullable(date),
      sha256: z.nullable(text),
      origin: text,
    }),
  ),
  accept: z.array(
    z.object({
      fingerprint,
      owner: text,
      why: text,
      expires: z.nullable(date),
      sha256: z.optional(hash),
      origin: text,
      state: z.enum(['used', 'unused', 'expired', 'outdated']),
      findings: count,
    }),
  ),
  baseline: z.nullable(baseline),
  notes: texts,
});
