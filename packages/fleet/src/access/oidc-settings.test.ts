import { expect, test } from 'vitest';
import { oidcSettings } from './oidc-settings.js';

const WHOLE: Readonly<Record<string, string>> = {
  SENTINEL_OIDC_ISSUER: 'https://id.example.org/',
  SENTINEL_OIDC_CLIENT_ID: 'sentinel',
  SENTINEL_OIDC_CLIENT_SECRET: 'x',
  SENTINEL_OIDC_ROLES: 'ml-security=reviewer, cn=admins,dc=x=admin'.replace(',dc', ';dc'),
};
const settings = (change: Readonly<Record<string, string>>) => {
  const all = { ...WHOLE, ...change };
  return oidcSettings((name) => all[name]);
};

test('a provider by variables', () => {
  expect(settings({})).toMatchObject({
    issuer: 'https://id.example.org/',
    roleClaim: 'groups',
    roles: { 'ml-security': 'reviewer', 'cn=admins;dc=x': 'admin' },
    otherwise: null,
  });
  expect(settings({ SENTINEL_OIDC_ISSUER: '' })).toBeNull();
  expect(settings({ SENTINEL_OIDC_ROLES: '', SENTINEL_OIDC_OTHERWISE: 'viewer' })).toMatchObject({
    otherwise: 'viewer',
  });
});

test('what is asked of a provider, where the settings say it', () => {
  expect(settings({})).not.toHaveProperty('scope');
  expect(settings({ SENTINEL_OIDC_SCOPE: 'openid groups', SENTINEL_OIDC_ROLE_CLAIM: 'roles' })).toMatchObject({
    scope: 'openid groups',
    roleClaim: 'roles',
  });
});

test('a name of a group may be one letter', () =>
  expect(settings({ SENTINEL_OIDC_ROLES: 'a=viewer' })).toMatchObject({ roles: { a: 'viewer' } }));

test.each([
  [{ SENTINEL_OIDC_ROLES: '=admin' }, 'value=role'],
  [{ SENTINEL_OIDC_ISSUER: 'http://id.example.org' }, 'https://'],
  [{ SENTINEL_OIDC_CLIENT_SECRET: '' }, 'CLIENT_SECRET'],
  [{ SENTINEL_OIDC_ROLES: '' }, 'nobody could sign in'],
  [{ SENTINEL_OIDC_ROLES: 'staff' }, 'value=role'],
  [{ SENTINEL_OIDC_ROLES: 'staff=root' }, 'no role'],
  [{ SENTINEL_OIDC_OTHERWISE: 'everything' }, 'no role'],
])('half a setting is refused: %j', (change, message) => {
  expect(() => settings(change as Record<string, string>)).toThrow(message);
});
