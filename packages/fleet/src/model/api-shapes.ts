import * as z from 'zod';
import {
  artifact,
  artifactState,
  auditEntry,
  intake,
  intakeState,
  sha256,
  verdictAnswer,
  verdictWord,
  waiver,
} from './shapes.js';
import { ROLES } from './roles.js';

/*
 * What single routes of the API take and say, besides the shapes of shapes.ts. Objects that are taken are strict: a misspelt
 * key is an error, not a default.
 */

const instant = z.iso.datetime();
/** Text that people write: no control characters, none that turn the direction of what follows (CWE-117, CVE-2021-42574). */
const SPOKEN = /^[^\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/u;
const words = (most: number): z.ZodString => z.string().min(1).max(most).regex(SPOKEN, 'it has control characters');
const role = z.enum(ROLES);

/** Points behind the last row of a page; opaque for clients. */
const cursor = z.string().max(200);
/** Rows of a page. */
const limit = z.coerce.number().int().min(1).max(200).default(50);

export function pageOf<Row extends z.ZodType>(row: Row) {
  return z.object({ items: z.array(row), next: cursor.nullable() });
}

export const byId = z.object({ id: z.uuid() });

// Uploads and intakes.
export const uploadParams = z.object({ name: z.string().max(1024) });
export const uploaded = z.object({ intake, artifact: z.uuid() });
export const newIntake = z.strictObject({
  /** hf://org/model@rev, s3://bucket/prefix, oci://registry/image, https://... */
  address: words(2048),
  importance: z.int().min(0).max(100).default(50),
});
export const intakeQuery = z.strictObject({
  state: intakeState.optional(),
  verdict: verdictWord.optional(),
  /** A part of the address. */
  q: words(200).optional(),
  cursor: cursor.optional(),
  limit,
});

/** Findings of the files of an intake by rule, the worst first, waived ones left out: file × rule. */
export const intakeFindings = z.object({
  items: z.array(
    z.object({
      artifact: z.uuid(),
      rule: z.string(),
      severity: z.enum(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW']),
      count: z.int(),
    }),
  ),
  /** There are more than are listed. */
  isCut: z.boolean(),
});

// Artifacts.
export const artifactQuery = z.strictObject({
  state: artifactState.optional(),
  /** ID of a rule that fires. */
  rule: words(100).optional(),
  /** Of a finding. */
  owner: words(200).optional(),
  /** A part of the path or of the address. */
  q: words(200).optional(),
  intake: z.uuid().optional(),
  sha256: sha256.optional(),
  cursor: cursor.optional(),
  limit,
});
export const reportQuery = z.strictObject({
  format: z.enum(['json', 'sarif', 'markdown', 'html', 'cyclonedx']).default('json'),
});
export const reasonBody = z.strictObject({ reason: words(2000).nullable().default(null) });
export const rejection = z.strictObject({ reason: words(2000) });

// Verdicts.
export const verdictParams = z.object({ sha256 });
/** A path as tables can hold it: any other was never analysed. */
const path = z
  .string()
  .min(1)
  .max(4096)
  .regex(/^[^\0\p{Surrogate}]*$/u, 'it has a NUL, or is no Unicode');
export const verdictQuery = z.strictObject({ path: path.optional() });
export const verdictQuestions = z.strictObject({
  questions: z.array(z.strictObject({ sha256, path: path.optional() })).max(1000),
});
/** In the order of the questions; null where the bytes were never analysed. */
export const verdictAnswers = z.object({ answers: z.array(verdictAnswer.nullable()) });

// Waivers.
export const newWaiver = z.strictObject({
  fingerprint: z.string().regex(/^(?:v2-)?[0-9a-f]{32}$/),
  /** Only for these bytes; null: wherever the fingerprint is found. */
  sha256: sha256.nullable().default(null),
  owner: words(200),
  reason: words(2000),
  expiresOn: z.iso.date(),
});
export const waiverQuery = z.strictObject({
  /** `active`: neither revoked nor run out; `ending`: active, and run out within 14 days. */
  state: z.enum(['active', 'ending', 'all']).default('active'),
  cursor: cursor.optional(),
  limit,
});
export const waivers = pageOf(waiver);

// The policy.
export const policyAnswer = z.object({
  sha256,
  text: z.string(),
  setBy: z.string(),
  /** Null: none was ever set, and the default of the core holds. */
  setAt: instant.nullable(),
});
export const newPolicy = z.strictObject({
  text: z
    .string()
    .max(1024 * 1024)
    .regex(/^[^\0]*$/, 'it has a NUL'),
});
const policyVersion = z.object({ number: z.int(), sha256, setBy: z.string(), setAt: instant });
export const policyHistory = z.object({ items: z.array(policyVersion) });
export const policyNumber = z.object({ number: z.coerce.number().int().min(1) });
export const policyText = policyVersion.extend({
  text: z.string(),
  /** What held before it; empty where that was the default of the core. */
  before: z.string(),
});

// Tokens.
export const apiToken = z.object({
  id: z.uuid(),
  name: z.string(),
  role,
  createdBy: z.string(),
  createdAt: instant,
  expiresAt: instant.nullable(),
  lastUsedOn: z.iso.date().nullable(),
  revokedAt: instant.nullable(),
});
export const newToken = z.strictObject({
  name: words(200),
  role,
  /** Days from now; null: until it is revoked. */
  days: z.int().min(1).max(3650).nullable().default(90),
});
/** `secret` is shown this once. */
export const createdToken = apiToken.extend({ secret: z.string() });
export const tokens = z.object({ items: z.array(apiToken) });

// Webhooks.
export const eventKind = z.enum(['artifact.state', 'intake.done', 'waiver.expires']);
export const webhook = z.object({
  id: z.uuid(),
  url: z.string(),
  events: z.array(eventKind),
  createdBy: z.string(),
  createdAt: instant,
  /** Of the newest delivery; null where there was none. */
  lastDelivery: z.object({ at: instant, status: z.int().nullable(), error: z.string().nullable() }).nullable(),
});
export const newWebhook = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).max(2048),
  events: z.array(eventKind).min(1).max(3),
});
/** `secret` signs the deliveries, and is shown this once. */
export const createdWebhook = webhook.extend({ secret: z.string() });
export const webhooks = z.object({ items: z.array(webhook) });

export const inboundKind = z.enum(['huggingface', 'mlflow', 'generic']);
export const inboundHook = z.object({
  id: z.uuid(),
  kind: inboundKind,
  /** Where the sender posts to. */
  path: z.string(),
  createdBy: z.string(),
  createdAt: instant,
});
export const newInboundHook = z.strictObject({ kind: inboundKind });
export const createdInboundHook = inboundHook.extend({ secret: z.string() });
export const inboundHooks = z.object({ items: z.array(inboundHook) });
/** The intakes that a delivery began; none where it says nothing about bytes. */
export const inboundAnswer = z.object({ intakes: z.array(z.uuid()), ignored: z.string().nullable() });

// Sessions.
export const session = z.object({
  name: z.string(),
  role,
  via: z.enum(['token', 'session']),
  /** Goes into the header x-csrf-token of every request of a session that changes something; null for tokens. */
  csrf: z.string().nullable(),
  expiresAt: instant.nullable(),
});
export const sessionByToken = z.strictObject({ token: z.string().max(200) });
export const loggedOut = z.object({
  /** Where the provider ends its own session; null where there is no such address. */
  url: z.string().nullable(),
});
export const signInWays = z.object({ token: z.literal(true), oidc: z.boolean() });

// The audit log.
export const auditQuery = z.strictObject({
  actor: words(200).optional(),
  action: words(100).optional(),
  subject: words(200).optional(),
  cursor: cursor.optional(),
  limit,
});
export const auditPage = pageOf(auditEntry);
export const auditVerdict = z.object({
  ok: z.boolean(),
  entries: z.int(),
  /** Number of the first entry that does not fit the one before it. */
  brokenAt: z.int().nullable(),
  /** Of the newest entry: kept elsewhere, it shows later that nothing was cut off. */
  head: sha256.nullable(),
});

// Numbers for the dashboard.
export const statsQuery = z.strictObject({ days: z.coerce.number().int().min(1).max(366).default(30) });
export const stats = z.object({
  /** Artifacts that entered, by day (UTC) and by the state that they are in now. */
  entered: z.array(z.object({ day: z.iso.date(), state: artifactState, count: z.int() })),
  /** Artifacts by state at the end of each day on which the service ran; today as it is now. */
  posture: z.array(z.object({ day: z.iso.date(), state: artifactState, count: z.int() })),
  states: z.array(z.object({ state: artifactState, count: z.int() })),
  /** Of artifacts that are not rejected, waived findings left out. */
  findings: z.array(
    z.object({
      rule: z.string(),
      severity: z.enum(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW']),
      owner: z.string(),
      count: z.int(),
      /** When the oldest of them was first seen. */
      oldest: instant,
    }),
  ),
  /** Of findings, by days since they were first seen. */
  ages: z.array(z.object({ age: z.enum(['week', 'month', 'quarter', 'older']), count: z.int() })),
  /** Active ones that run out within 30 days, the next first. */
  endingWaivers: z.array(waiver),
  intakes: z.object({ open: z.int(), failed: z.int() }),
});

// The process.
export const health = z.object({ status: z.literal('ok') });

export const intakePage = pageOf(intake);
export const artifactPage = pageOf(artifact);

export type IntakeFindings = z.output<typeof intakeFindings>;
export type ArtifactQuery = z.output<typeof artifactQuery>;
export type IntakeQuery = z.output<typeof intakeQuery>;
export type AuditQuery = z.output<typeof auditQuery>;
export type WaiverQuery = z.output<typeof waiverQuery>;
export type ApiToken = z.output<typeof apiToken>;
export type Webhook = z.output<typeof webhook>;
export type EventKind = z.output<typeof eventKind>;
export type InboundHook = z.output<typeof inboundHook>;
export type InboundKind = z.output<typeof inboundKind>;
export type Stats = z.output<typeof stats>;
export type PolicyText = z.output<typeof policyText>;
export type PolicyAnswer = z.output<typeof policyAnswer>;
