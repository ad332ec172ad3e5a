import type { components, operations } from '../../openapi.js';

/*
 * What the API takes and answers: the types of its OpenAPI description (schemas/fleet.openapi.json).
 */
type Schemas = components['schemas'];
type Operations = keyof operations;

/** What an operation answers where it does what it was asked for. */
type Answer<Id extends Operations> = operations[Id]['responses'] extends infer Responses
  ? JsonOf<Responses[keyof Responses & (200 | 201 | 202)]>
  : never;
/** What an operation takes. */
type Body<Id extends Operations> = operations[Id] extends { readonly requestBody: infer Taken } ? JsonOf<Taken> : never;
type JsonOf<Message> = Message extends { readonly content: { readonly 'application/json': infer Json } } ? Json : never;

export type Artifact = Schemas['Artifact'];
export type ArtifactState = Schemas['ArtifactState'];
export type AuditEntry = Schemas['AuditEntry'];
export type Intake = Schemas['Intake'];
export type VerdictAnswer = Schemas['Verdict'];
export type Waiver = Schemas['Waiver'];
export type ApiToken = Schemas['Token'];
export type Webhook = Schemas['Webhook'];
export type EventKind = Webhook['events'][number];
export type InboundHook = Schemas['InboundHook'];
export type InboundKind = InboundHook['kind'];
export type IntakeFindings = Answer<'listIntakeFindings'>;
export type Stats = Schemas['Stats'];
export { mayAct, ROLES, type Role } from '../../model/roles.js';

export type Severity = Schemas['Finding']['severity'];
export type Session = Schemas['Session'];
export type LoggedOut = Answer<'endSession'>;
export type SignInWays = Answer<'getSignInWays'>;
export type Policy = Schemas['Policy'];
export type PolicyText = Answer<'getPolicyOfHistory'>;
export type PolicyVersion = Answer<'getPolicyHistory'>['items'][number];
export type AuditVerdict = Answer<'verifyAudit'>;
export type NewWaiver = Body<'createWaiver'>;
export type NewToken = Body<'createToken'>;
export type NewWebhook = Body<'createWebhook'>;
export type Uploaded = Answer<'upload'>;
/** Findings of one file of an intake, by rule. */
export type RuleCount = IntakeFindings['items'][number];
export type StateCount = Stats['entered'][number];

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
