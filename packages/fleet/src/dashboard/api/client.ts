import type { Report, RuleMeta } from '@artifact-sentinel/core';
import type {
  ApiToken,
  Artifact,
  ArtifactFilter,
  AuditEntry,
  AuditVerdict,
  InboundHook,
  InboundKind,
  Intake,
  IntakeFindings,
  LoggedOut,
  NewToken,
  NewWaiver,
  NewWebhook,
  Page,
  Policy,
  PolicyText,
  PolicyVersion,
  ReportFormat,
  RuleCount,
  Session,
  SignInWays,
  Stats,
  Uploaded,
  VerdictAnswer,
  Waiver,
  Webhook,
} from './types.js';

/** The API refused, or was not reached; the message is for people. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** Of HTTP; 0 where there was no answer. */
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

type Query = Readonly<Record<string, string | number | null>>;

/** Rows that are asked for at a time. */
const PAGE_SIZE = 100;

/** The API, one method for each question. It speaks to the server that the page came from, and to nobody else. */
export class Api {
  /** Called where the API asks for a sign-in. */
  onSignedOut: () => void = () => {};
  #csrf: string | null = null;

  async session(): Promise<Session> {
    const session = await this.#get<Session>('/v1/session');
    this.#csrf = session.csrf;
    return session;
  }

  /** Null where nobody is signed in. */
  async sessionOrNull(): Promise<Session | null> {
    try {
      return await this.session();
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    }
  }

  signInWays(): Promise<SignInWays> {
    return this.#get('/auth/ways');
  }

  async signIn(token: string): Promise<Session> {
    await this.#send('POST', '/v1/session', { token });
    return await this.session();
  }

  /** Where the provider ends its own session; null where there is nothing to go to. */
  async signOut(): Promise<string | null> {
    const { url } = await this.#send<LoggedOut>('POST', '/v1/session/end');
    this.#csrf = null;
    return url;
  }

  artifacts(
    filter: Partial<ArtifactFilter> & { readonly intake?: string },
    cursor: string | null,
  ): Promise<Page<Artifact>> {
    return this.#get('/v1/artifacts', { ...filter, cursor, limit: PAGE_SIZE });
  }

  artifact(id: string): Promise<Artifact> {
    return this.#get(`/v1/artifacts/${encodeURIComponent(id)}`);
  }

  /** Null where there is none yet. */
  report(artifact: string): Promise<Report | null> {
    return orNull(this.#get<Report>(`/v1/artifacts/${encodeURIComponent(artifact)}/report`, { format: 'json' }));
  }

  /** What the catalogue in force says of bytes; null where they were never analysed. */
  verdict(sha256: string, path: string): Promise<VerdictAnswer | null> {
    return orNull(this.#get<VerdictAnswer>(`/v1/verdicts/${encodeURIComponent(sha256)}`, { path }));
  }

  async reportFile(artifact: string, format: ReportFormat): Promise<Blob> {
    const answer = await this.#ask('GET', `/v1/artifacts/${encodeURIComponent(artifact)}/report`, { format });
    return await answer.blob();
  }

  async decide(artifact: string, decision: 'promote' | 'reject', reason: string | null): Promise<void> {
    const body = reason === null ? {} : { reason };
    await this.#send('POST', `/v1/artifacts/${encodeURIComponent(artifact)}/${decision}`, body);
  }

  async retest(artifact: string): Promise<void> {
    await this.#send('POST', `/v1/artifacts/${encodeURIComponent(artifact)}/retest`);
  }

  /** The records of the rules, a file beside the dashboard. */
  rules(): Promise<readonly RuleMeta[]> {
    return this.#get('/rules.json');
  }

  intakes(cursor: string | null): Promise<Page<Intake>> {
    return this.#get('/v1/intakes', { cursor, limit: PAGE_SIZE });
  }

  intake(id: string): Promise<Intake> {
    return this.#get(`/v1/intakes/${encodeURIComponent(id)}`);
  }

  /** Of the files of an intake. */
  async intakeFindings(id: string): Promise<readonly RuleCount[]> {
    return (await this.#get<IntakeFindings>(`/v1/intakes/${encodeURIComponent(id)}/findings`)).items;
  }

  takeIn(address: string): Promise<Intake> {
    return this.#send('POST', '/v1/intakes', { address });
  }

  /** The only request whose progress is shown: `fetch` says nothing of what was sent. `onProgress`: a share of 1. */
  upload(file: File, onProgress: (share: number) => void): Promise<Uploaded> {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open('PUT', `/v1/uploads/${encodeURIComponent(file.name)}`);
      request.setRequestHeader('content-type', 'application/octet-stream');
      if (this.#csrf !== null) request.setRequestHeader('x-csrf-token', this.#csrf);
      request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total));
      request.addEventListener('error', () => reject(notReached()));
      request.addEventListener('load', () => {
        if (request.status === 401) this.onSignedOut();
        if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText) as Uploaded);
        else reject(problemOf(request.status, request.responseText));
      });
      request.send(file);
    });
  }

  stats(days: number): Promise<Stats> {
    return this.#get('/v1/stats', { days });
  }

  waivers(state: 'active' | 'all', cursor: string | null): Promise<Page<Waiver>> {
    return this.#get('/v1/waivers', { state, cursor, limit: PAGE_SIZE });
  }

  async waive(waiver: NewWaiver): Promise<void> {
    await this.#send('POST', '/v1/waivers', waiver);
  }

  async revokeWaiver(id: string): Promise<void> {
    await this.#send('POST', `/v1/waivers/${encodeURIComponent(id)}/revoke`);
  }

  audit(
    filter: { readonly subject: string; readonly actor: string },
    cursor: string | null,
  ): Promise<Page<AuditEntry>> {
    return this.#get('/v1/audit', { ...filter, cursor, limit: PAGE_SIZE });
  }

  verifyAudit(): Promise<AuditVerdict> {
    return this.#get('/v1/audit/verify');
  }

  policy(): Promise<Policy> {
    return this.#get('/v1/policy');
  }

  async setPolicy(text: string): Promise<void> {
    await this.#send('PUT', '/v1/policy', { text });
  }

  async policyHistory(): Promise<readonly PolicyVersion[]> {
    return (await this.#get<{ readonly items: readonly PolicyVersion[] }>('/v1/policy/history')).items;
  }

  policyText(number: number): Promise<PolicyText> {
    return this.#get(`/v1/policy/history/${number}`);
  }

  async tokens(): Promise<readonly ApiToken[]> {
    return (await this.#get<{ readonly items: readonly ApiToken[] }>('/v1/tokens')).items;
  }

  createToken(token: NewToken): Promise<{ readonly secret: string }> {
    return this.#send('POST', '/v1/tokens', token);
  }

  async revokeToken(id: string): Promise<void> {
    await this.#send('DELETE', `/v1/tokens/${encodeURIComponent(id)}`);
  }

  async webhooks(): Promise<readonly Webhook[]> {
    return (await this.#get<{ readonly items: readonly Webhook[] }>('/v1/webhooks')).items;
  }

  createWebhook(webhook: NewWebhook): Promise<{ readonly secret: string }> {
    return this.#send('POST', '/v1/webhooks', webhook);
  }

  async removeWebhook(id: string): Promise<void> {
    await this.#send('DELETE', `/v1/webhooks/${encodeURIComponent(id)}`);
  }

  async inboundHooks(): Promise<readonly InboundHook[]> {
    return (await this.#get<{ readonly items: readonly InboundHook[] }>('/v1/inbound-hooks')).items;
  }

  createInboundHook(kind: InboundKind): Promise<{ readonly secret: string; readonly path: string }> {
    return this.#send('POST', '/v1/inbound-hooks', { kind });
  }

  async removeInboundHook(id: string): Promise<void> {
    await this.#send('DELETE', `/v1/inbound-hooks/${encodeURIComponent(id)}`);
  }

  async #get<Answer>(path: string, query: Query = {}): Promise<Answer> {
    return (await (await this.#ask('GET', path, query)).json()) as Answer;
  }

  async #send<Answer>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<Answer> {
    const answer = await this.#ask(method, path, {}, body);
    const text = await answer.text();
    return (text === '' ? null : JSON.parse(text)) as Answer;
  }

  async #ask(method: string, path: string, query: Query, body?: unknown): Promise<Response> {
    const headers = new Headers({ accept: 'application/json' });
    if (body !== undefined) headers.set('content-type', 'application/json');
    if (method !== 'GET' && this.#csrf !== null) headers.set('x-csrf-token', this.#csrf);
    let answer: Response;
    try {
      answer = await fetch(path + queryOf(query), {
        method,
        headers,
        body: body === undefined ? null : JSON.stringify(body),
        credentials: 'same-origin',
        // A sign-in page of somebody else's proxy is no answer.
        redirect: 'error',
        cache: 'no-store',
      });
    } catch (error) {
      // What fetch throws where no answer came.
      if (error instanceof TypeError) throw notReached();
      throw error;
    }
    if (answer.ok) return answer;
    if (answer.status === 401 && path !== '/v1/session') this.onSignedOut();
    throw problemOf(answer.status, await answer.text());
  }
}

/** What is not there is no error. */
async function orNull<Answer>(asked: Promise<Answer>): Promise<Answer | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}

function queryOf(query: Query): string {
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== null && value !== '') words.set(name, String(value));
  return words.size === 0 ? '' : `?${words.toString()}`;
}

function notReached(): ApiError {
  return new ApiError(0, 'not-reached', 'The server did not answer. It may be starting, or the network is gone.');
}

/** A problem as the API says it; what is none came from something in between. */
function problemOf(status: number, text: string): ApiError {
  let said: unknown = null;
  try {
    said = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  if (typeof said === 'object' && said !== null && 'message' in said && typeof said.message === 'string')
    return new ApiError(status, 'code' in said && typeof said.code === 'string' ? said.code : '', said.message);
  return new ApiError(status, '', `The server answered with the status ${status}.`);
}
