import * as client from 'openid-client';
import { OIDC_SECONDS } from '../limits.js';
import { RefusedError } from '../model/errors.js';
import { ROLES, type Role } from '../model/roles.js';
import type { SignIn } from './sign-ins.js';

export interface OidcConfig {
  /** Of the provider; its metadata is read from below it. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** `openid profile email` unless given. */
  readonly scope?: string;
  /** The claim that says what people may do: text, or a list of texts such as groups. */
  readonly roleClaim: string;
  /** What a value of the claim stands for. Several are given: the highest counts. */
  readonly roles: Readonly<Record<string, Role>>;
  /** For who has none of these; null refuses them. */
  readonly otherwise: Role | null;
  /** For tests: a provider without TLS. */
  readonly allowInsecure?: boolean;
}

export interface Person {
  readonly subject: string;
  readonly name: string;
  readonly role: Role;
}

/** The code flow with PKCE, state and nonce. openid-client checks what comes back. */
export class Oidc {
  readonly #config: OidcConfig;
  readonly #redirect: string;
  #provider: Promise<client.Configuration> | null = null;

  /** `publicUrl`: of this service, as browsers see it. */
  constructor(config: OidcConfig, publicUrl: string) {
    this.#config = config;
    this.#redirect = new URL('/auth/callback', publicUrl).href;
  }

  /** Where a sign-in begins, and what has to be kept until its end. */
  async begin(): Promise<{ readonly url: string; readonly signIn: SignIn }> {
    const provider = await this.#discovered();
    const signIn = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
    };
    const url = client.buildAuthorizationUrl(provider, {
      redirect_uri: this.#redirect,
      scope: this.#config.scope ?? 'openid profile email',
      state: signIn.state,
      nonce: signIn.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(signIn.verifier),
      code_challenge_method: 'S256',
    });
    return { url: url.href, signIn };
  }

  /** `search`: what the provider sent the browser back with. Throws a RefusedError for everything that does not hold. */
  async end(search: string, { state, nonce, verifier }: SignIn): Promise<Person> {
    const provider = await this.#discovered();
    const back = new URL(this.#redirect);
    back.search = search;
    const answer = await client
      .authorizationCodeGrant(provider, back, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      })
      .catch(refuse);
    const claims = answer.claims();
    if (claims === undefined) throw new RefusedError(403, 'sign-in', 'the provider gave no ID token');
    const role = this.#roleOf(claims[this.#config.roleClaim]);
    if (role === null) throw new RefusedError(403, 'no-role', 'no role is set up for this account');
    return { subject: claims.sub, name: nameOf(claims), role };
  }

  /** Where the provider's own session ends; null where it has no such page. */
  async endUrl(back: string): Promise<string | null> {
    const provider = await this.#discovered();
    if (provider.serverMetadata().end_session_endpoint === undefined) return null;
    return client.buildEndSessionUrl(provider, { post_logout_redirect_uri: back }).href;
  }

  /** Read once; a provider that is away is asked again by the next sign-in. */
  #discovered(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret, allowInsecure = false } = this.#config;
    this.#provider ??= client
      .discovery(new URL(issuer), clientId, undefined, client.ClientSecretPost(clientSecret), {
        timeout: OIDC_SECONDS,
        // The signature of ID tokens too, which OpenID Connect lets clients skip where TLS brought the token.
        execute: [client.enableNonRepudiationChecks, ...(allowInsecure ? [client.allowInsecureRequests] : [])],
      })
      .catch((error: unknown) => {
        this.#provider = null;
        throw refusal(502, 'the provider does not answer', error);
      });
    return this.#provider;
  }

  #roleOf(claim: unknown): Role | null {
    const values = (Array.isArray(claim) ? claim : [claim]).filter((one) => typeof one === 'string');
    const { roles, otherwise } = this.#config;
    const given = values.flatMap((value) => (Object.hasOwn(roles, value) ? [roles[value]] : []));
    return ROLES.findLast((role) => given.includes(role)) ?? otherwise;
  }
}

/**
 * How the audit log calls a person: by the address that the provider has verified. Everything else people may write themselves
 * (OpenID Connect Core, 5.7), so that the provider's own name for them stands beside it.
 */
function nameOf(claims: client.IDToken): string {
  const { sub } = claims;
  const [email, ...others] = [claims['email'], claims['preferred_username'], claims['name']].map((one) =>
    typeof one === 'string' && one !== '' ? one : null,
  );
  if (typeof email === 'string' && claims['email_verified'] === true) return plain(email);
  const said = [email, ...others].find((one) => typeof one === 'string');
  return typeof said === 'string' ? `${plain(said)} (${plain(sub)})` : plain(sub);
}

function refuse(error: unknown): never {
  throw refusal(403, 'the sign-in does not hold', error);
}

/** Neither the code nor a token stands in a message: only the name of the error does. */
function refusal(status: number, what: string, error: unknown): RefusedError {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : '';
  return new RefusedError(status, 'sign-in', `${what}${code}`);
}

/** Without what would break a line of a log. */
function plain(name: string): string {
  return name.replace(/[\p{Cc}\p{Surrogate}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, '').slice(0, 200);
}
