import type { FastifyReply, FastifyRequest } from 'fastify';
import { SESSION_HOURS, SIGN_IN_MINUTES } from '../limits.js';

/**
 * Names and attributes of our cookies. Over https their names begin with `__Host-`, so that neither a subdomain nor a page
 * without TLS can plant one (RFC 6265bis, 4.1.3.2; CWE-614, CWE-1004, CWE-1275).
 */
export class Cookies {
  readonly #isSecure: boolean;
  readonly #names: { readonly session: string; readonly signIn: string };

  constructor(publicUrl: string) {
    this.#isSecure = new URL(publicUrl).protocol === 'https:';
    const prefix = this.#isSecure ? '__Host-' : '';
    this.#names = { session: `${prefix}sentinel`, signIn: `${prefix}sentinel-sign-in` };
  }

  read(request: FastifyRequest, which: 'session' | 'signIn'): string | null {
    return request.cookies[this.#names[which]] ?? null;
  }

  set(reply: FastifyReply, which: 'session' | 'signIn', value: string): void {
    const maxAge = which === 'session' ? SESSION_HOURS * 3600 : SIGN_IN_MINUTES * 60;
    void reply.setCookie(this.#names[which], value, { ...this.#attributes(), maxAge });
  }

  clear(reply: FastifyReply, which: 'session' | 'signIn'): void {
    void reply.clearCookie(this.#names[which], this.#attributes());
  }

  #attributes() {
    // Lax: the provider's redirect back is a navigation from another site, with which the cookie of a sign-in has to come.
    return { path: '/', httpOnly: true, secure: this.#isSecure, sameSite: 'lax' as const };
  }
}
