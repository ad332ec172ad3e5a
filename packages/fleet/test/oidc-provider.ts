import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';

export const CLIENT = { id: 'sentinel', secret: 'a-secret-of-the-client' };

/** What a test changes about the next sign-in. */
export interface ProviderAnswers {
  claims: Record<string, unknown>;
  /** Replaces the nonce. */
  nonce?: string;
  issuer?: string;
  audience?: string;
  /** Signs with a key that is not published. */
  hasOtherKey?: boolean;
}

export interface TestProvider {
  readonly issuer: string;
  readonly answers: ProviderAnswers;
  close(): Promise<void>;
}

/** A small OpenID provider: discovery, keys, code flow with PKCE as RFC 7636 has it. Whoever comes is signed in at once. */
export async function testProvider(): Promise<TestProvider> {
  const [keys, others] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
  const answers: ProviderAnswers = { claims: {} };
  const codes = new Map<string, { challenge: string; nonce: string; redirect: string }>();
  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', issuer);
    if (url.pathname === '/.well-known/openid-configuration') return json(response, metadata(issuer));
    if (url.pathname === '/keys') return json(response, { keys: [jwk] });
    if (url.pathname === '/authorize') return authorize(url, response);
    if (url.pathname === '/token') return token(request, response);
    response.writeHead(404).end();
  }

  function authorize(url: URL, response: ServerResponse): void {
    const given = (name: string): string => url.searchParams.get(name) ?? '';
    const isRight =
      given('client_id') === CLIENT.id &&
      given('code_challenge_method') === 'S256' &&
      given('response_type') === 'code';
    if (!isRight) return void response.writeHead(400).end();
    const code = `code-${codes.size}`;
    codes.set(code, { challenge: given('code_challenge'), nonce: given('nonce'), redirect: given('redirect_uri') });
    const back = new URL(given('redirect_uri'));
    back.searchParams.set('code', code);
    back.searchParams.set('state', given('state'));
    response.writeHead(302, { location: back.href }).end();
  }

  async function token(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const form = new URLSearchParams(text);
    const code = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const isRight = form.get('client_secret') === CLIENT.secret && form.get('redirect_uri') === code?.redirect;
    if (code === undefined || code.challenge !== challenge || !isRight)
      return json(response, { error: 'invalid_grant' }, 400);
    const key: CryptoKey = answers.hasOtherKey === true ? others.privateKey : keys.privateKey;
    const id = await new SignJWT({ nonce: answers.nonce ?? code.nonce, ...answers.claims })
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .setIssuer(answers.issuer ?? issuer)
      .setAudience(answers.audience ?? CLIENT.id)
      .setSubject('subject-1')
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(key);
    return json(response, { access_token: 'an-access-token', token_type: 'Bearer', expires_in: 300, id_token: id });
  }

  return {
    issuer,
    answers,
    close: () => new Promise((closed) => void server.close(() => closed())),
  };
}

function metadata(issuer: string) {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    end_session_endpoint: `${issuer}/end`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['client_secret_post'],
  };
}

function json(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
