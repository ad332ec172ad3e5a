import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../access/caller.js';
import { isSame } from '../access/secret.js';
import { callerOfSession } from '../access/sessions.js';
import { strangerOf } from '../access/stranger.js';
import { callerOfToken } from '../access/tokens.js';
import { CALLER_RATE, STRANGER_RATE } from '../limits.js';
import { RefusedError } from '../model/errors.js';
import { mayAct, type Role } from '../model/roles.js';
import type { Access } from './route.js';
import { Cookies } from './cookies.js';
import type { Services } from './services.js';

/** Methods that change nothing (RFC 9110, 9.2.1). */
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Lets a request through to its route, or throws. Runs before the body is read. `access`: what the route asks for.
 */
export class Guard {
  readonly #services: Pick<Services, 'pool' | 'limits' | 'config'>;
  readonly #cookies: Cookies;

  constructor(services: Pick<Services, 'pool' | 'limits' | 'config'>) {
    this.#services = services;
    this.#cookies = new Cookies(services.config.publicUrl);
  }

  /** Null where the route is for anyone, or for workers. */
  async admit(request: FastifyRequest, reply: FastifyReply, access: Access, isFree: boolean): Promise<Caller | null> {
    if (access === 'itself') return null;
    if (access === 'anyone') {
      if (!isFree) await this.#limit(reply, `caller:ip:${strangerOf(request.ip)}`, STRANGER_RATE);
      if (!SAFE.has(request.method)) refuseOtherSites(request);
      return null;
    }
    if (access === 'worker') {
      if (isSame(bearerOf(request) ?? '', this.#services.config.workerSecret)) return null;
      throw await this.#unknown(request, reply);
    }
    const caller = await this.#callerOf(request);
    if (caller === null) throw await this.#unknown(request, reply);
    await this.#limit(reply, `caller:${caller.key}`, CALLER_RATE);
    if (!mayAct(caller.role, access)) throw new RefusedError(403, 'forbidden', `this needs the role ${access}`);
    if (caller.csrf !== null && !SAFE.has(request.method)) checkCsrf(request, caller.csrf);
    return caller;
  }

  /** For routes that ask on their own: by a token only, of this role or a higher one. Throws a RefusedError. */
  async bearer(request: FastifyRequest, reply: FastifyReply, needed: Role): Promise<Caller> {
    const token = bearerOf(request);
    const caller = token === null ? null : await callerOfToken(this.#services.pool, token);
    if (caller === null) throw await this.#unknown(request, reply);
    await this.#limit(reply, `caller:${caller.key}`, CALLER_RATE);
    if (!mayAct(caller.role, needed)) throw new RefusedError(403, 'forbidden', `this needs the role ${needed}`);
    return caller;
  }

  /** A token counts before a cookie: who sends one means it, and no other site can. */
  async #callerOf(request: FastifyRequest): Promise<Caller | null> {
    const { pool } = this.#services;
    if (request.headers.authorization !== undefined) {
      const token = bearerOf(request);
      return token === null ? null : callerOfToken(pool, token);
    }
    const session = this.#cookies.read(request, 'session');
    return session === null ? null : callerOfSession(pool, session);
  }

  async #unknown(request: FastifyRequest, reply: FastifyReply): Promise<RefusedError> {
    await this.#limit(reply, `caller:ip:${strangerOf(request.ip)}`, STRANGER_RATE);
    void reply.header('www-authenticate', 'Bearer');
    return new RefusedError(
      401,
      'unauthorized',
      'a token or a session is needed; this one is unknown, revoked, or has run out',
    );
  }

  async #limit(reply: FastifyReply, key: string, rate: { readonly burst: number; readonly perSecond: number }) {
    const seconds = await this.#services.limits.take(key, rate);
    if (seconds === 0) return;
    const wait = Math.ceil(seconds);
    void reply.header('retry-after', wait);
    throw new RefusedError(429, 'rate-limited', `too many requests: try again in ${wait} s`);
  }
}

function bearerOf({ headers }: FastifyRequest): string | null {
  return /^Bearer +([\w.~+/=-]{1,200})$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}

/** CWE-352. */
function checkCsrf(request: FastifyRequest, expected: string): void {
  const given = request.headers['x-csrf-token'];
  if (typeof given !== 'string' || !isSame(given, expected))
    throw new RefusedError(403, 'csrf', 'requests of a session that change something carry its x-csrf-token');
  refuseOtherSites(request);
}

/** Browsers say where a request comes from; programs do not. */
function refuseOtherSites({ headers }: FastifyRequest): void {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    throw new RefusedError(403, 'csrf', 'the request comes from another site');
}
