import * as z from 'zod';

/*
 * What the API says and takes. The OpenAPI description is generated from these, and the types of the dashboard from it.
 */

/** Hex SHA-256 in lower case. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** ISO 8601, UTC. */
const instant = z.iso.datetime();

export const verdictWord = z.enum(['pass', 'fail', 'incomplete']);
export const artifactState = z.enum(['received', 'scanning', 'passed', 'failed', 'incomplete', 'promoted', 'rejected']);
export const intakeState = z.enum(['queued', 'listing', 'scanning', 'done', 'failed']);
export const intakeKind = z.enum(['upload', 'hf', 's3', 'oci', 'https']);

/** A finding in short; the report of the artifact has all of it. */
export const shortFinding = z.object({
  rule: z.string(),
  severity: z.enum(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW']),
  action: z.enum(['fail', 'ticket', 'note']),
  owner: z.string(),
  fingerprint: z.string(),
  title: z.string(),
  /** By whom it is waived, and until when; null where it is not. */
  waived: z.object({ owner: z.string(), expires: z.string() }).nullable(),
});

/** What is known of bytes. */
export const verdictAnswer = z.object({
  sha256,
  verdict: verdictWord,
  /** 0 to 5, as in reports. */
  level: z.int().min(0).max(5),
  catalogue: z.string(),
  analysis: z.string(),
  /** Of the policy in force, waivers included. */
  policy: sha256,
  /** Since when it is so under this catalogue, analysis and policy. */
  since: instant,
  /** What the names promised under which the bytes were analysed; the verdict is the worst of them. */
  readings: z.array(z.string()),
  findings: z.array(shortFinding),
});

export const intake = z.object({
  id: z.uuid(),
  kind: intakeKind,
  address: z.string(),
  pinned: z.string().nullable(),
  state: intakeState,
  reason: z.string().nullable(),
  verdict: verdictWord.nullable(),
  findings: z.array(shortFinding),
  files: z.int(),
  pending: z.int(),
  importance: z.int().min(0).max(100),
  requestedBy: z.string(),
  createdAt: instant,
  doneAt: instant.nullable(),
});

export const artifact = z.object({
  id: z.uuid(),
  intake: z.uuid(),
  /** Within the intake. */
  path: z.string(),
  /** Of the intake, with its revision where it has one. */
  address: z.string(),
  size: z.int().nullable(),
  sha256: sha256.nullable(),
  isHashComputed: z.boolean(),
  state: artifactState,
  reason: z.string().nullable(),
  /** Findings by severity, those that are waived left out. */
  counts: z.object({ CRITICAL: z.int(), HIGH: z.int(), MEDIUM: z.int(), LOW: z.int() }),
  receivedAt: instant,
  changedAt: instant,
});

export const waiver = z.object({
  id: z.uuid(),
  fingerprint: z.string(),
  sha256: sha256.nullable(),
  owner: z.string(),
  reason: z.string(),
  expiresOn: z.iso.date(),
  createdBy: z.string(),
  createdAt: instant,
  revokedBy: z.string().nullable(),
  revokedAt: instant.nullable(),
});

export const auditEntry = z.object({
  number: z.int(),
  at: instant,
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  detail: z.record(z.string(), z.unknown()),
  hash: sha256,
});

/** Errors of every route. */
export const problem = z.object({
  /** A word that programs can rely on, such as `not-found`. */
  code: z.string(),
  message: z.string(),
});

export type VerdictWord = z.output<typeof verdictWord>;
export type ArtifactState = z.output<typeof artifactState>;
export type IntakeState = z.output<typeof intakeState>;
export type IntakeKind = z.output<typeof intakeKind>;
export type ShortFinding = z.output<typeof shortFinding>;
export type VerdictAnswer = z.output<typeof verdictAnswer>;
export type Intake = z.output<typeof intake>;
export type Artifact = z.output<typeof artifact>;
export type Waiver = z.output<typeof waiver>;
export type AuditEntry = z.output<typeof auditEntry>;
