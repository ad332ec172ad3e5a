import { isRecord } from '../model/record.js';
import type { SourceContext } from '../source.js';
import { parseOciAddress } from './address.js';

/** What the files of Docker and Podman know of a registry. */
export interface RegistryLogin {
  /** `user:password`; null where there is none. */
  readonly basic: string | null;
  /** A refresh token, as some registries give at the login. */
  readonly identityToken: string | null;
  /** A program would have to be started for them, which nothing here does. */
  readonly helper: string | null;
}

const NOBODY: RegistryLogin = { basic: null, identityToken: null, helper: null };

/** The login of a registry: REGISTRY_AUTH_FILE, the file in DOCKER_CONFIG, or those in the home folder. */
export function registryLogin(
  { variable, readText }: Pick<SourceContext, 'variable' | 'readText'>,
  host: string,
  repository: string,
): RegistryLogin {
  let helper: string | null = null;
  for (const path of configPaths(variable)) {
    const config = parsed(readText(path) ?? '');
    if (config === null) continue;
    const login = loginOf(config['auths'], host, repository);
    if (login !== null) return login;
    helper ??= helperOf(config, host);
  }
  return { ...NOBODY, helper };
}

/** Whether somebody logged in to the registry of an address on this machine. Throws a `SourceError` for what is no address. */
export function knowsRegistry(address: string, context: Pick<SourceContext, 'variable' | 'readText'>): boolean {
  const { host, repository } = parseOciAddress(address);
  const { basic, identityToken } = registryLogin(context, host, repository);
  return basic !== null || identityToken !== null;
}

function configPaths(variable: SourceContext['variable']): string[] {
  const set = (name: string): string | null => (variable(name) ?? '') || null;
  const home = set('HOME') ?? set('USERPROFILE');
  const runtime = set('XDG_RUNTIME_DIR');
  const docker = set('DOCKER_CONFIG') ?? (home === null ? null : `${home}/.docker`);
  return [
    set('REGISTRY_AUTH_FILE'),
    runtime === null ? null : `${runtime}/containers/auth.json`,
    docker === null ? null : `${docker}/config.json`,
  ].filter((path) => path !== null);
}

function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** The most exact of the entries: Podman has some for parts of a registry, Docker some with an address. */
function loginOf(auths: unknown, host: string, repository: string): RegistryLogin | null {
  if (!isRecord(auths)) return null;
  const segments = `${host}/${repository}`.split('/');
  const names = segments.map((_, i) => segments.slice(0, segments.length - i).join('/'));
  names.push(`https://${host}`, `https://${host}/v1/`, `https://${host}/v2/`);
  if (host === 'docker.io' || host === 'index.docker.io') names.push('https://index.docker.io/v1/', 'index.docker.io');
  for (const name of names) {
    const entry = Object.hasOwn(auths, name) ? auths[name] : undefined;
    if (!isRecord(entry)) continue;
    const { auth, identitytoken: identity } = entry;
    const basic = typeof auth === 'string' ? decodeBase64(auth) : null;
    const identityToken = typeof identity === 'string' && isHeaderText(identity) ? identity : null;
    if (basic !== null || identityToken !== null) return { basic, identityToken, helper: null };
  }
  return null;
}

function helperOf({ credHelpers, credsStore }: Readonly<Record<string, unknown>>, host: string): string | null {
  const own = isRecord(credHelpers) && Object.hasOwn(credHelpers, host) ? credHelpers[host] : credsStore;
  return typeof own === 'string' && own !== '' ? own : null;
}

function decodeBase64(text: string): string | null {
  if (!/^[A-Za-z0-9+/]{1,65536}={0,2}$/.test(text.trim())) return null;
  try {
    const decoded = atob(text.trim());
    return decoded.includes(':') ? decoded : null;
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}

function isHeaderText(text: string): boolean {
  return /^[\x21-\x7e]{1,16384}$/.test(text);
}
