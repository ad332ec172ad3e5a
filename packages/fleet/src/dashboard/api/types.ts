import type * as z from 'zod';
import type * as shapes from '../../model/api-shapes.js';
import type { ArtifactState, ShortFinding } from '../../model/shapes.js';

/*
 * What the API takes and answers: the types of the shapes that the server checks, and that its OpenAPI document is made of.
 */
export type { Artifact, ArtifactState, AuditEntry, Intake, VerdictAnswer, Waiver } from '../../model/shapes.js';
export type {
  ApiToken,
  EventKind,
  InboundHook,
  InboundKind,
  IntakeFindings,
  Stats,
  Webhook,
} from '../../model/api-shapes.js';
export { mayAct, ROLES, type Role } from '../../model/roles.js';

export type Severity = ShortFinding['severity'];
export type Session = z.output<typeof shapes.session>;
export type LoggedOut = z.output<typeof shapes.loggedOut>;
export type SignInWays = z.output<typeof shapes.signInWays>;
export type Policy = z.output<typeof shapes.policyAnswer>;
export type PolicyText = z.output<typeof shapes.policyText>;
export type PolicyVersion = z.output<typeof shapes.policyHistory>['items'][number];
export type AuditVerdict = z.output<typeof shapes.auditVerdict>;
export type NewWaiver = z.input<typeof shapes.newWaiver>;
export type NewToken = z.input<typeof shapes.newToken>;
export type NewWebhook = z.input<typeof shapes.newWebhook>;
export type Uploaded = z.output<typeof shapes.uploaded>;
/** Findings of one file of an intake, by rule. */
export type RuleCount = shapes.IntakeFindings['items'][number];
export type StateCount = Stats['entered'][number];
type Stats = shapes.Stats;

/** A part of a list. `next` asks for what follows; null at the end. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

/** What is shown of artifacts; an empty text is no condition. */
export interface ArtifactFilter {
  readonly state: ArtifactState | '';
  readonly rule: string;
  readonly owner: string;
  readonly q: string;
}

export const REPORT_FORMATS = ['json', 'sarif', 'markdown', 'html', 'cyclonedx'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];
