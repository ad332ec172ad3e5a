import { SourceError } from '../model/source-error.js';
import type { SourceContext } from '../source.js';
import { parseIni } from './ini.js';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** What the environment and the files of AWS say. */
export interface AwsSettings {
  /** Null: nothing is signed. */
  readonly credentials: Credentials | null;
  readonly region: string;
  /** Another server than that of AWS. */
  readonly endpoint: string | null;
}

type Host = Pick<SourceContext, 'variable' | 'readText'>;

const DEFAULT_REGION = 'us-east-1';

/** Settings whose credentials another program or server has to be asked for, with what they are. */
const ELSEWHERE: readonly (readonly [string, string])[] = [
  ['sso_session', 'AWS SSO'],
  ['sso_start_url', 'AWS SSO'],
  ['web_identity_token_file', 'a web identity'],
  ['role_arn', 'a role'],
  ['credential_process', 'a program'],
  ['login_session', 'a login session'],
];

/**
 * Credentials as AWS finds them: the environment, then the profile in the credentials file and the config file. Those that a
 * server or a program would have to be asked for are named in an error: nothing is asked, and nothing runs.
 */
export function awsSettings(host: Host, address: string): AwsSettings {
  const { variable } = host;
  const named = set(variable('AWS_PROFILE')) ?? set(variable('AWS_DEFAULT_PROFILE'));
  const profile = profileOf(host, named, address);
  const region =
    set(variable('AWS_REGION')) ?? set(variable('AWS_DEFAULT_REGION')) ?? set(profile.get('region')) ?? DEFAULT_REGION;
  if (!isRegion(region)) throw new SourceError('usage', `${address}: the region of AWS_REGION or the profile is none`);
  const endpoint = isTrue(variable('AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'))
    ? undefined
    : (set(variable('AWS_ENDPOINT_URL_S3')) ?? set(variable('AWS_ENDPOINT_URL')) ?? set(profile.get('endpoint_url')));
  const credentials =
    keysOf(address, variable('AWS_ACCESS_KEY_ID'), variable('AWS_SECRET_ACCESS_KEY'), variable('AWS_SESSION_TOKEN')) ??
    keysOf(
      address,
      profile.get('aws_access_key_id'),
      profile.get('aws_secret_access_key'),
      profile.get('aws_session_token'),
    );
  if (credentials === null) refuseElsewhere(host, profile, named, address);
  return { credentials, region, endpoint: endpoint ?? null };
}

/** HMAC keys of Google Cloud Storage: GS_ACCESS_KEY_ID and GS_SECRET_ACCESS_KEY, else those of the boto file. */
export function gsCredentials({ variable, readText }: Host, address: string): Credentials | null {
  const given = keysOf(address, variable('GS_ACCESS_KEY_ID'), variable('GS_SECRET_ACCESS_KEY'), undefined);
  if (given !== null) return given;
  const home = homeOf(variable);
  const path = set(variable('BOTO_CONFIG')) ?? (home === null ? undefined : `${home}/.boto`);
  const section = path === undefined ? undefined : parseIni(readText(path) ?? '').get('Credentials');
  return keysOf(address, section?.get('gs_access_key_id'), section?.get('gs_secret_access_key'), undefined);
}

/** Names of regions go into the name of a host. */
export function isRegion(text: string): boolean {
  return /^[a-z0-9]{1,20}(?:-[a-z0-9]{1,20}){0,5}$/.test(text);
}

function profileOf(
  { variable, readText }: Host,
  named: string | undefined,
  address: string,
): ReadonlyMap<string, string> {
  const home = homeOf(variable);
  const file = (name: string, own: string): string => {
    const path = set(variable(name)) ?? (home === null ? undefined : `${home}/.aws/${own}`);
    return path === undefined ? '' : (readText(path) ?? '');
  };
  const profile = named ?? 'default';
  const config = parseIni(file('AWS_CONFIG_FILE', 'config'));
  const secrets = parseIni(file('AWS_SHARED_CREDENTIALS_FILE', 'credentials'));
  const inConfig = config.get(`profile ${profile}`) ?? (profile === 'default' ? config.get('default') : undefined);
  const inSecrets = secrets.get(profile);
  if (named !== undefined && inConfig === undefined && inSecrets === undefined)
    throw new SourceError('usage', `${address}: the files of AWS have no profile ${named} (AWS_PROFILE)`);
  return new Map([...(inConfig ?? []), ...(inSecrets ?? [])]);
}

function refuseElsewhere(
  { variable }: Host,
  profile: ReadonlyMap<string, string>,
  named: string | undefined,
  address: string,
): void {
  const setting = ELSEWHERE.find(([name]) => set(profile.get(name)) !== undefined);
  const where =
    setting !== undefined
      ? `the profile ${named ?? 'default'} takes its credentials from ${setting[1]} (${setting[0]})`
      : set(variable('AWS_WEB_IDENTITY_TOKEN_FILE')) !== undefined
        ? 'the environment takes its credentials from a web identity (AWS_WEB_IDENTITY_TOKEN_FILE)'
        : set(variable('AWS_CONTAINER_CREDENTIALS_RELATIVE_URI') ?? variable('AWS_CONTAINER_CREDENTIALS_FULL_URI')) !==
            undefined
          ? 'the environment takes its credentials from the container (AWS_CONTAINER_CREDENTIALS_*)'
          : null;
  if (where === null) return;
  throw new SourceError(
    'unauthorized',
    `${address}: ${where}, which is not asked; "aws configure export-credentials --format env" prints them for the environment`,
  );
}

/** Keys that can stand in a header; null where neither is set. */
function keysOf(
  address: string,
  id: string | undefined,
  secret: string | undefined,
  token: string | undefined,
): Credentials | null {
  const [accessKeyId, secretAccessKey, sessionToken] = [set(id), set(secret), set(token)];
  if (accessKeyId === undefined && secretAccessKey === undefined) return null;
  if (accessKeyId === undefined || secretAccessKey === undefined)
    throw new SourceError('usage', `${address}: of the access key, the ID or the secret is missing`);
  if (!/^[\x21-\x7e]{1,256}$/.test(accessKeyId) || !/^[\x21-\x7e]{0,16384}$/.test(sessionToken ?? ''))
    throw new SourceError('usage', `${address}: the access key has characters that none has`);
  return { accessKeyId, secretAccessKey, sessionToken };
}

function homeOf(variable: SourceContext['variable']): string | null {
  return set(variable('HOME')) ?? set(variable('USERPROFILE')) ?? null;
}

function set(value: string | undefined): string | undefined {
  const text = value?.trim() ?? '';
  return text === '' ? undefined : text;
}

function isTrue(value: string | undefined): boolean {
  return value?.trim().toLowerCase() === 'true';
}
