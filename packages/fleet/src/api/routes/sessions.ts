import { keepSignIn, takeSignIn } from '../../access/sign-ins.js';
import { beginSession, endSession } from '../../access/sessions.js';
import { callerOfToken } from '../../access/tokens.js';
import * as shapes from '../../model/api-shapes.js';
import { RefusedError } from '../../model/errors.js';
import { Cookies } from '../cookies.js';
import { route, type Route } from '../route.js';

const NO_OIDC = (): RefusedError => new RefusedError(404, 'no-oidc', 'no provider is set up: sign in with a token');

/** Sessions of browsers: by a provider (OpenID Connect), or by a token. */
export const SESSION_ROUTES: readonly Route[] = [
  route({
    id: 'getSignInWays',
    method: 'GET',
    path: '/auth/ways',
    access: 'anyone',
    summary: 'How people can sign in',
    answer: { status: 200, shape: shapes.signInWays },
    handle: ({ oidc }) => Promise.resolve({ token: true as const, oidc: oidc !== null }),
  }),
  route({
    id: 'beginSignIn',
    method: 'GET',
    path: '/auth/login',
    access: 'anyone',
    summary: 'Sends the browser to the provider',
    refuses: [404, 502],
    answer: { status: 302 },
    handle: async ({ oidc, pool, config }, { reply }) => {
      if (oidc === null) throw NO_OIDC();
      const { url, signIn } = await oidc.begin();
      new Cookies(config.publicUrl).set(reply, 'signIn', await keepSignIn(pool, signIn));
      return reply.redirect(url);
    },
  }),
  route({
    id: 'endSignIn',
    method: 'GET',
    path: '/auth/callback',
    access: 'anyone',
    summary: 'Where the provider sends the browser back to',
    refuses: [404, 502],
    answer: { status: 302 },
    handle: async ({ oidc, pool, config }, { request, reply }) => {
      if (oidc === null) throw NO_OIDC();
      const cookies = new Cookies(config.publicUrl);
      const kept = await takeSignIn(pool, cookies.read(request, 'signIn') ?? '');
      cookies.clear(reply, 'signIn');
      if (kept === null) throw new RefusedError(403, 'sign-in', 'this browser began no sign-in, or too long ago');
      const person = await oidc.end(new URL(request.url, config.publicUrl).search, kept);
      const before = cookies.read(request, 'session');
      const secret = await beginSession(pool, { ...person, token: null, until: null }, before);
      cookies.set(reply, 'session', secret);
      return reply.redirect('/');
    },
  }),
  route({
    id: 'createSession',
    method: 'POST',
    path: '/v1/session',
    access: 'anyone',
    summary: 'Begins a session of a browser with a token',
    body: shapes.sessionByToken,
    answer: { status: 204 },
    handle: async ({ pool, config }, { body, request, reply }) => {
      const caller = await callerOfToken(pool, body.token);
      if (caller === null) throw new RefusedError(401, 'bad-token', 'the token is unknown, revoked, or has run out');
      const cookies = new Cookies(config.publicUrl);
      const { name, role, key, expiresAt } = caller;
      const wanted = { subject: `token:${key}`, name, role, token: key, until: expiresAt };
      cookies.set(reply, 'session', await beginSession(pool, wanted, cookies.read(request, 'session')));
    },
  }),
  route({
    id: 'getSession',
    method: 'GET',
    path: '/v1/session',
    access: 'client',
    summary: 'Who asks, and what they may do',
    answer: { status: 200, shape: shapes.session },
    handle: (_services, { caller: { name, role, via, csrf, expiresAt } }) =>
      Promise.resolve({ name, role, via, csrf, expiresAt: expiresAt?.toISOString() ?? null }),
  }),
  route({
    id: 'endSession',
    method: 'POST',
    path: '/v1/session/end',
    access: 'client',
    summary: 'Ends the session of this browser',
    answer: { status: 200, shape: shapes.loggedOut },
    handle: async ({ pool, oidc, config }, { request, reply }) => {
      const cookies = new Cookies(config.publicUrl);
      const secret = cookies.read(request, 'session');
      if (secret !== null) await endSession(pool, secret);
      cookies.clear(reply, 'session');
      return { url: oidc === null ? null : await oidc.endUrl(config.publicUrl) };
    },
  }),
];
