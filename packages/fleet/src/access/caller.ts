import type { Role } from '../model/roles.js';

/** Who asks. */
export interface Caller {
  /** As the audit log names them. */
  readonly name: string;
  readonly role: Role;
  readonly via: 'token' | 'session';
  /** Of the token, or of the session's hash: the key of the rate limit. */
  readonly key: string;
  /** What a session has to send back; null for tokens. */
  readonly csrf: string | null;
  readonly expiresAt: Date | null;
}
