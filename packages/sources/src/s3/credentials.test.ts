import { describe, expect, test } from 'vitest';
import { awsSettings, gsCredentials, isRegion } from './credentials.js';

type Texts = Readonly<Record<string, string>>;

const host = (variables: Texts, files: Texts = {}) => ({
  variable: (name: string) => variables[name],
  readText: (path: string) => files[path] ?? null,
});
const aws = (variables: Texts, files: Texts = {}) => awsSettings(host(variables, files), 's3://b');
const KEYS = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' };
const CREDENTIALS = '/h/.aws/credentials';
const CONFIG = '/h/.aws/config';
const section = (name: string, id: string, more = ''): string =>
  `[${name}]\naws_access_key_id = ${id}\naws_secret_access_key = secret\n${more}`;
const idOf = (variables: Texts, files: Texts): string | null => aws(variables, files).credentials?.accessKeyId ?? null;

describe('keys of AWS', () => {
  test('of the environment, with a token where there is one', () => {
    expect(aws(KEYS).credentials).toEqual({ accessKeyId: 'id', secretAccessKey: 'secret', sessionToken: undefined });
    expect(aws({ ...KEYS, AWS_SESSION_TOKEN: ' t ' }).credentials?.sessionToken).toBe('t');
    expect(aws({}).credentials).toBeNull();
    expect(aws({ AWS_ACCESS_KEY_ID: ' ', AWS_SECRET_ACCESS_KEY: '' }).credentials).toBeNull();
  });

  test('of the environment come before those of a profile', () => {
    expect(idOf({ ...KEYS, HOME: '/h' }, { [CREDENTIALS]: section('default', 'file') })).toBe('id');
    const given = section('default', 'file', 'aws_session_token = t');
    expect(aws({ HOME: '/h' }, { [CREDENTIALS]: given }).credentials).toEqual({
      accessKeyId: 'file',
      secretAccessKey: 'secret',
      sessionToken: 't',
    });
  });

  test.each<[Texts, string]>([
    [{ AWS_ACCESS_KEY_ID: 'id' }, 'the ID or the secret is missing'],
    [{ AWS_SECRET_ACCESS_KEY: 'secret' }, 'the ID or the secret is missing'],
    [{ ...KEYS, AWS_ACCESS_KEY_ID: 'a b' }, 'characters that none has'],
    [{ ...KEYS, AWS_ACCESS_KEY_ID: 'a'.repeat(257) }, 'characters that none has'],
    [{ ...KEYS, AWS_SESSION_TOKEN: 'a\nb' }, 'characters that none has'],
  ])('%j are refused', (variables, words) => expect(() => aws(variables)).toThrow(words));

  test('may be as long as they may be', () =>
    expect(idOf({ ...KEYS, AWS_ACCESS_KEY_ID: 'a'.repeat(256) }, {})).toHaveLength(256));
});

describe('a profile', () => {
  const files = {
    [CREDENTIALS]: section('default', 'first') + section('work', 'second'),
    [CONFIG]: `[default]\nregion = eu-1\n[profile work]\nregion = eu-2\n[other]\nregion = eu-3\n`,
  };

  test.each<[Texts, string, string]>([
    [{}, 'first', 'eu-1'],
    [{ AWS_PROFILE: 'work' }, 'second', 'eu-2'],
    [{ AWS_DEFAULT_PROFILE: 'work' }, 'second', 'eu-2'],
    [{ AWS_PROFILE: 'default', AWS_DEFAULT_PROFILE: 'work' }, 'first', 'eu-1'],
    [{ AWS_PROFILE: ' ', AWS_DEFAULT_PROFILE: 'work' }, 'second', 'eu-2'],
  ])('%j: %s in %s', (variables, id, region) => {
    expect(idOf({ HOME: '/h', ...variables }, files)).toBe(id);
    expect(aws({ HOME: '/h', ...variables }, files).region).toBe(region);
  });

  test('of the config file has a name of its own, but for the default one', () => {
    // Without "profile" it is none.
    expect(() => aws({ HOME: '/h', AWS_PROFILE: 'other' }, files)).toThrow('no profile other');
    const own = { [CONFIG]: '[default]\nregion = eu-1\n[profile default]\nregion = eu-2\n' };
    expect(aws({ HOME: '/h' }, own).region).toBe('eu-2');
  });

  test('that is named has to be there, in one of the files', () => {
    expect(() => aws({ HOME: '/h', AWS_PROFILE: 'none' }, files)).toThrow('no profile none (AWS_PROFILE)');
    expect(() => aws({ HOME: '/h', AWS_PROFILE: 'default' }, {})).toThrow('no profile default');
    expect(idOf({ HOME: '/h', AWS_PROFILE: 'work' }, { [CREDENTIALS]: files[CREDENTIALS] })).toBe('second');
    expect(aws({ HOME: '/h', AWS_PROFILE: 'work' }, { [CONFIG]: files[CONFIG] }).region).toBe('eu-2');
  });

  test('says in the credentials file what counts, where both files say it', () => {
    const both = { [CREDENTIALS]: section('default', 'secrets'), [CONFIG]: section('default', 'config') };
    expect(idOf({ HOME: '/h' }, both)).toBe('secrets');
    expect(idOf({ HOME: '/h' }, { [CONFIG]: section('default', 'config') })).toBe('config');
  });

  test('lies where variables say, or in the home folder', () => {
    const elsewhere = {
      '/c': section('default', 'c'),
      '/s': section('default', 's'),
      [CREDENTIALS]: section('default', 'h'),
    };
    expect(idOf({ HOME: '/h', AWS_SHARED_CREDENTIALS_FILE: '/s' }, elsewhere)).toBe('s');
    expect(idOf({ AWS_CONFIG_FILE: '/c' }, elsewhere)).toBe('c');
    expect(idOf({ USERPROFILE: '/h' }, elsewhere)).toBe('h');
    expect(idOf({ HOME: ' ', USERPROFILE: '/h' }, elsewhere)).toBe('h');
    expect(idOf({}, elsewhere)).toBeNull();
  });
});

describe('region and endpoint', () => {
  const files = { [CONFIG]: '[default]\nregion = eu-3\nendpoint_url = https://file\n' };
  test.each<[Texts, string]>([
    [{ AWS_REGION: 'eu-1', AWS_DEFAULT_REGION: 'eu-2', HOME: '/h' }, 'eu-1'],
    [{ AWS_DEFAULT_REGION: 'eu-2', HOME: '/h' }, 'eu-2'],
    [{ HOME: '/h' }, 'eu-3'],
    [{}, 'us-east-1'],
  ])('%j: region %s', (variables, region) => expect(aws(variables, files).region).toBe(region));

  test.each<[Texts, string | null]>([
    [{ AWS_ENDPOINT_URL_S3: 'https://s3', AWS_ENDPOINT_URL: 'https://all', HOME: '/h' }, 'https://s3'],
    [{ AWS_ENDPOINT_URL: 'https://all', HOME: '/h' }, 'https://all'],
    [{ HOME: '/h' }, 'https://file'],
    [{}, null],
    [{ AWS_ENDPOINT_URL_S3: 'https://s3', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: ' TRUE ' }, null],
    [{ AWS_ENDPOINT_URL_S3: 'https://s3', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'no' }, 'https://s3'],
  ])('%j: endpoint %s', (variables, endpoint) => expect(aws(variables, files).endpoint).toBe(endpoint));

  test('a region that is none is refused', () =>
    expect(() => aws({ AWS_REGION: 'evil.example/' })).toThrow('the region of AWS_REGION or the profile is none'));

  test.each([
    ['eu-west-3', true],
    ['auto', true],
    ['a-b-c-d-e-f', true],
    ['a-b-c-d-e-f-g', false],
    ['a'.repeat(20), true],
    ['a'.repeat(21), false],
    ['EU-1', false],
    ['eu-', false],
    ['', false],
  ])('%s: a region %s', (text, is) => expect(isRegion(text)).toBe(is));
});

describe('credentials that somebody else has', () => {
  test.each<[Texts, string, string]>([
    [{}, 'sso_start_url = x', 'the profile default takes its credentials from AWS SSO (sso_start_url)'],
    [{}, 'web_identity_token_file = x', 'from a web identity (web_identity_token_file)'],
    [{}, 'login_session = x', 'from a login session'],
    [{ AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://x' }, '', 'from the container'],
    [{ AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/x' }, '', 'from the container'],
    [{ AWS_WEB_IDENTITY_TOKEN_FILE: '/x' }, '', 'from a web identity (AWS_WEB_IDENTITY_TOKEN_FILE)'],
  ])('%j with %j are named', (variables, line, words) => {
    const files = { [CONFIG]: `[default]\n${line}\n` };
    expect(() => aws({ HOME: '/h', ...variables }, files)).toThrow(words);
    // With keys nobody has to be asked.
    expect(idOf({ HOME: '/h', ...variables, ...KEYS }, files)).toBe('id');
  });

  test('that are set to nothing are none', () => {
    const files = { [CONFIG]: '[default]\nrole_arn =\n' };
    const variables = { HOME: '/h', AWS_WEB_IDENTITY_TOKEN_FILE: '', AWS_CONTAINER_CREDENTIALS_FULL_URI: ' ' };
    expect(aws(variables, files).credentials).toBeNull();
  });
});

describe('keys of Google', () => {
  const gs = (variables: Texts, files: Texts = {}): string | null =>
    gsCredentials(host(variables, files), 'gs://b')?.accessKeyId ?? null;
  const boto = (id: string): string => `[Credentials]\ngs_access_key_id = ${id}\ngs_secret_access_key = s\n`;

  test('of the environment, of the file that is named, of the home folder', () => {
    const files = { '/h/.boto': boto('home'), '/named': boto('named') };
    const own = { GS_ACCESS_KEY_ID: 'own', GS_SECRET_ACCESS_KEY: 's' };
    expect(gs({ HOME: '/h', BOTO_CONFIG: '/named', ...own }, files)).toBe('own');
    expect(gs({ HOME: '/h', BOTO_CONFIG: '/named' }, files)).toBe('named');
    expect(gs({ HOME: '/h' }, files)).toBe('home');
    expect([gs({}, files), gs({ HOME: '/other' }, files), gs(KEYS, files)]).toEqual([null, null, null]);
  });

  test('with half of a key are refused', () =>
    expect(() => gs({ GS_ACCESS_KEY_ID: 'id' })).toThrow('the ID or the secret is missing'));
});
