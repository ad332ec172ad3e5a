import { RefusedError } from '../model/errors.js';
import { ROLES, type Role } from '../model/roles.js';
import type { OidcConfig } from './oidc.js';

/**
 * The provider, of SENTINEL_OIDC_ISSUER, _CLIENT_ID, _CLIENT_SECRET, _SCOPE, _ROLE_CLAIM, _ROLES (`value=role,value=role`) and
 * _OTHERWISE (a role, or nothing). Null where no issuer is named. Throws a RefusedError for half a setting: a sign-in that
 * everybody believes to be set up has to be.
 */
export function oidcSettings(variable: (name: string) => string | undefined): OidcConfig | null {
  const of = (name: string): string | null => {
    const value = variable(`SENTINEL_OIDC_${name}`);
    return value === undefined || value === '' ? null : value;
  };
  const issuer = of('ISSUER');
  if (issuer === null) return null;
  if (!URL.canParse(issuer) || new URL(issuer).protocol !== 'https:') throw wrong('ISSUER is no https:// address');
  const [clientId, clientSecret] = [of('CLIENT_ID'), of('CLIENT_SECRET')];
  if (clientId === null || clientSecret === null) throw wrong('CLIENT_ID and CLIENT_SECRET are needed');
  const otherwise = of('OTHERWISE');
  const roles = rolesOf(of('ROLES') ?? '');
  if (otherwise === null && Object.keys(roles).length === 0)
    throw wrong('ROLES says which value of the claim has which role; without it nobody could sign in');
  const scope = of('SCOPE');
  return {
    issuer,
    clientId,
    clientSecret,
    roleClaim: of('ROLE_CLAIM') ?? 'groups',
    roles,
    otherwise: otherwise === null ? null : roleOf(otherwise),
    ...(scope === null ? {} : { scope }),
  };
}

function rolesOf(text: string): Record<string, Role> {
  const entries = text.split(',').filter((part) => part.trim() !== '');
  return Object.fromEntries(
    entries.map((entry) => {
      // Names of groups may have the sign in them; roles do not.
      const at = entry.lastIndexOf('=');
      if (at < 1) throw wrong(`ROLES is a list of value=role, and "${entry}" is none`);
      return [entry.slice(0, at).trim(), roleOf(entry.slice(at + 1).trim())] as const;
    }),
  );
}

function roleOf(text: string): Role {
  const role = ROLES.find((one) => one === text);
  if (role === undefined) throw wrong(`"${text}" is no role: ${ROLES.join(', ')}`);
  return role;
}

function wrong(why: string): RefusedError {
  return new RefusedError(400, 'bad-setting', `SENTINEL_OIDC_*: ${why}`);
}
