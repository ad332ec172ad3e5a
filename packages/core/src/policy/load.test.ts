import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { PolicyError } from '../model/errors.js';
import { loadPolicy, readPolicyText, userAllowEntry } from './load.js';
import { policyJsonSchema } from './schema.js';

const load = (text: string) => loadPolicy(text, 'p.yml');

function failure(text: string): PolicyError {
  try {
    load(text);
  } catch (error) {
    if (error instanceof PolicyError) return error;
    throw error;
  }
  throw new Error('the policy was accepted');
}

describe('a policy', () => {
  test('with every key of the contract', () => {
    const policy = load(`category: PICKLE            # omitted: every category
fail_on: [CRITICAL, HIGH]
ticket_on:
- MEDIUM
retest: "sentinel artifact ./models/ --rule PICKLE"
max_acceptable_severity: moderate
rules:
  PICKLE-EXEC:
    owner: "AI/ML platform or model release owner"
    fail_on: ["CRITICAL", "HIGH"]
    retest: "sentinel artifact ./models/ --rule PICKLE"
allow:
  - entry: mylib.model.Net
    why: "plain nn.Module; reviewed at release 3.1"
    expires: 2027-06-30
accept:
  - fingerprint: 0123456789abcdef0123456789abcdef
    owner: "release board"
    why: "sandboxed"
    expires: 2027-01-31
`);
    expect(policy).toEqual({
      file: 'p.yml',
      folder: null,
      defaults: {},
      categories: {
        PICKLE: {
          failOn: ['CRITICAL', 'HIGH'],
          ticketOn: ['MEDIUM'],
          retest: 'sentinel artifact ./models/ --rule PICKLE',
        },
      },
      rules: {
        'PICKLE-EXEC': {
          owner: 'AI/ML platform or model release owner',
          failOn: ['CRITICAL', 'HIGH'],
          retest: 'sentinel artifact ./models/ --rule PICKLE',
        },
      },
      maxAcceptableSeverity: 1,
      paths: [],
      allow: [
        {
          entry: 'mylib.model.Net',
          role: 'bare',
          why: 'plain nn.Module; reviewed at release 3.1',
          owner: null,
          expires: '2027-06-30',
          sha256: null,
          origin: 'p.yml:13',
        },
      ],
      accept: [
        {
          fingerprint: '0123456789abcdef0123456789abcdef',
          owner: 'release board',
          why: 'sandboxed',
          expires: '2027-01-31',
          sha256: null,
          origin: 'p.yml:17',
        },
      ],
      sourceComments: [],
      tightenedBy: [],
      origins: {
        'PICKLE.fail_on': 'p.yml:2',
        'PICKLE.ticket_on': 'p.yml:3',
        'PICKLE.retest': 'p.yml:5',
        max_acceptable_severity: 'p.yml:6',
        'PICKLE-EXEC.owner': 'p.yml:9',
        'PICKLE-EXEC.fail_on': 'p.yml:10',
        'PICKLE-EXEC.retest': 'p.yml:11',
      },
    });
  });

  test('of several documents', () => {
    const policy = load('fail_on: [CRITICAL]\n---\ncategory: ARCHIVE\nfail_on: []\n---\n# nothing\n');
    expect(policy.defaults).toEqual({ failOn: ['CRITICAL'] });
    expect(policy.categories).toEqual({ ARCHIVE: { failOn: [] } });
  });

  test.each(['', '# only a comment\n', '---\n---\n'])('that is empty is the default: %j', (text) => {
    expect(load(text)).toMatchObject({ defaults: {}, maxAcceptableSeverity: 0, allow: [] });
  });

  test.each([
    ['LIKELY_UNSAFE', 3],
    ['strict', 0],
    ['permissive', 2],
  ])('with the threshold %s', (name, level) => {
    expect(load(`max_acceptable_severity: ${name}`).maxAcceptableSeverity).toBe(level);
  });
});

describe('a broken policy names file, line and column', () => {
  test.each<[string, string, number, number, RegExp]>([
    ['an unknown key', 'fail_on: [HIGH]\nfial_on: [HIGH]\n', 2, 1, /unknown key "fial_on".*Did you mean "fail_on"\?/],
    ['an unknown key of a rule', 'rules:\n  PICKLE-EXEC:\n    onwer: me\n', 3, 5, /Did you mean "owner"\?/],
    [
      'an unknown rule',
      'rules:\n  PICKLE-EXECS:\n    owner: me\n',
      2,
      3,
      /unknown rule "PICKLE-EXECS".*Did you mean "PICKLE-EXEC"\?/,
    ],
    ['an unknown category', 'category: PICKEL\n', 1, 11, /Did you mean "PICKLE"\?/],
    ['a bad severity', 'fail_on:\n  - HIGH\n  - CRITCAL\n', 3, 5, /fail_on\[1\].*Did you mean "CRITICAL"\?/],
    ['text for a list', 'fail_on: HIGH\n', 1, 10, /fail_on has to be a list, not text "HIGH"/],
    ['a map for a list', 'fail_on: {a: 1}\n', 1, 10, /fail_on has to be a list, not a map/],
    ['nothing for a list', 'fail_on:\n', 1, 9, /fail_on has to be a list, not nothing/],
    [
      'a fingerprint of digits',
      `accept:\n  - {fingerprint: ${'1'.repeat(32)}, owner: a, why: b, expires: 2027-01-01}\n`,
      2,
      19,
      /put it in quotes/,
    ],
    ['a number for text', 'retest: 7\n', 1, 9, /retest has to be text, not number 7/],
    ['a list for the document', '- a\n', 1, 1, /the document has to be a map, not a list/],
    ['a bad threshold', 'max_acceptable_severity: strickt\n', 1, 26, /Did you mean "strict"\?/],
    [
      'a day that does not exist',
      'allow:\n  - entry: a.B\n    why: x\n    expires: 2027-02-30\n',
      4,
      14,
      /a day that exists/,
    ],
    ['a date that cannot be read', 'allow:\n  - entry: a.B\n    why: x\n    expires: next year\n', 4, 14, /YYYY-MM-DD/],
    ['an entry without a reason', 'allow:\n  - entry: a.B\n', 2, 5, /allow\[0\] lacks "why"/],
    ['an empty reason', 'allow:\n  - entry: a.B\n    why: ""\n', 3, 10, /why is empty/],
    ['a refused entry', 'allow:\n  - entry: os.system\n    why: x\n', 2, 12, /"os\.system" is refused/],
    ['a whole module', 'allow:\n  - entry: numpy\n    why: x\n', 2, 12, /is refused/],
    ['a wildcard', 'allow:\n  - entry: "mylib.*"\n    why: x\n', 2, 12, /is refused/],
    ['an entry twice', 'allow:\n  - {entry: a.B, why: x}\n  - {entry: a.B, why: y}\n', 3, 13, /twice/],
    [
      'an acceptance without a last day',
      `accept:\n  - fingerprint: ${'a'.repeat(32)}\n    owner: a\n    why: b\n`,
      2,
      5,
      /lacks "expires"/,
    ],
    [
      'a short fingerprint',
      'accept:\n  - {fingerprint: abc, owner: a, why: b, expires: 2027-01-01}\n',
      2,
      19,
      /32 hex characters/,
    ],
    ['a key twice', 'fail_on: []\nfail_on: []\n', 2, 1, /unique/i],
    ['broken YAML', 'fail_on: [HIGH\nrules: {}\n', 2, 1, /./],
    ['a hidden key of the rules', 'rules:\n  __proto__:\n    fail_on: []\n', 2, 3, /unknown key "__proto__" of rules/],
    [
      'a hidden key of a rule',
      'rules:\n  PICKLE-EXEC:\n    __proto__: {fail_on: []}\n',
      3,
      5,
      /unknown key "__proto__"/,
    ],
    ['a hidden key of an entry', 'allow:\n  - {entry: a.B, why: x, __proto__: {}}\n', 2, 26, /unknown key "__proto__"/],
    ['a rule named like a method', 'rules:\n  constructor: {}\n', 2, 3, /unknown rule "constructor"/],
    [
      'a rule in a document about another category',
      'category: ARCHIVE\nrules:\n  PICKLE-EXEC: {}\n',
      3,
      3,
      /a rule of category PICKLE, and this document is about ARCHIVE/,
    ],
    [
      'every category twice',
      'fail_on: [HIGH]\n---\nticket_on: [LOW]\n',
      3,
      1,
      /an earlier document \(line 1\) already speaks about every category/,
    ],
    [
      'two levels for all, for documents about any category',
      'category: PICKLE\nmax_acceptable_severity: strict\n---\ncategory: ARCHIVE\nmax_acceptable_severity: moderate\n',
      5,
      1,
      /\(line 2\) already sets max_acceptable_severity/,
    ],
    [
      'an entry twice in two documents, the same pin in other letters',
      `allow: [{entry: a.B, why: x, sha256: ${'ab'.repeat(32)}}]\n---\nallow: [{entry: a.B, why: x, sha256: ${'AB'.repeat(32)}}]\n`,
      3,
      17,
      /stands here twice \(line 1\), pinned to the same artifact/,
    ],
    [
      'a fingerprint accepted twice',
      `accept:\n${`  - {fingerprint: ${'a'.repeat(32)}, owner: a, why: b, expires: 2027-01-01}\n`.repeat(2)}`,
      3,
      19,
      /accepted twice \(line 2\)/,
    ],
    [
      'a short pin',
      'allow:\n  - {entry: a.B, why: x, sha256: abc}\n',
      2,
      34,
      /64 hex characters of an artifact's SHA-256/,
    ],
    [
      'a path entry without a level',
      'paths:\n  - match: ["a/**"]\n',
      2,
      5,
      /paths\[0\] lacks "max_acceptable_severity"/,
    ],
    [
      'an unknown key of a path entry',
      'paths:\n  - match: [a]\n    max_aceptable_severity: strict\n',
      3,
      5,
      /Did you mean "max_acceptable_severity"\?/,
    ],
    [
      'a glob in another language',
      'paths:\n  - match: ["ok/**", "{a,b}/**"]\n    max_acceptable_severity: strict\n',
      2,
      22,
      /the glob "\{a,b\}\/\*\*" is refused: "\{" is not supported/,
    ],
    [
      'globs that name nothing',
      'paths:\n  - match: ["!a/**"]\n    max_acceptable_severity: strict\n',
      2,
      12,
      /nothing is named/,
    ],
    ['no glob', 'paths:\n  - match: []\n    max_acceptable_severity: strict\n', 2, 12, /match is empty/],
    ['a category twice', 'category: PICKLE\n---\ncategory: PICKLE\n', 3, 11, /already speaks about category PICKLE/],
    [
      'a rule twice',
      'rules:\n  PICKLE-EXEC: {}\n---\nrules:\n  PICKLE-EXEC: {}\n',
      5,
      3,
      /already speaks about PICKLE-EXEC/,
    ],
    [
      'an unknown reach',
      'reach: { constnt: note }\n',
      1,
      10,
      /unknown key "constnt"; reach may have network, .*Did you mean "constant"/,
    ],
    [
      'an unknown action of a reach',
      'rules:\n  TORCH-LOAD-UNTRUSTED:\n    reach:\n      test: ignore\n',
      4,
      13,
      /rules\.TORCH-LOAD-UNTRUSTED\.reach\.test has to be one of fail, ticket, note/,
    ],
    ['a reach that is a list', 'reach: [constant]\n', 1, 8, /reach has to be a map, not a list/],
    ['a reach without an action', 'reach: { constant: }\n', 1, 20, /reach\.constant has to be one of/],
    ['__proto__', '__proto__:\n  fail_on: []\n', 1, 1, /unknown key "__proto__"/],
    ['a custom tag', 'retest: !!js/function "x"\n', 1, 9, /./],
    ['an unknown alias', 'fail_on: *nothing\n', 1, 10, /alias/i],
    ['a value within itself', 'accept: &a [*a]\n', 1, 13, /within what it names/],
    ['a value deep within itself', 'accept: &a\n  - b: [{ c: *a }]\n', 2, 14, /within what it names/],
  ])('%s', (_name, text, line, column, message) => {
    const error = failure(text);
    expect([error.message, error.line, error.column]).toEqual([expect.stringMatching(message), line, column]);
    expect(error.message.startsWith(`p.yml:${line}:${column}: `)).toBe(true);
  });

  test('aliases that multiply', () => {
    const levels = Array.from(
      { length: 12 },
      (_, i) => `a${i + 1}: &a${i + 1} [${Array(8).fill(`*a${i}`).join(', ')}]`,
    );
    expect(failure(`a0: &a0 [x]\n${levels.join('\n')}\n`).message).toMatch(/alias/i);
  });

  test('aliases one by one: the first beyond the limit is reported, none behind it is searched for (CWE-407)', () => {
    const error = failure(`retest: &a x\nfail_on: [${'*a,'.repeat(64)}${'*b,'.repeat(1000)}]\n`);
    expect([error.line, error.column]).toEqual([2, 11 + 64 * 3]);
    expect(error.message).toMatch(/more than 64 aliases/);
  });

  test.each([
    ['lists', '['.repeat(20_000)],
    ['closed lists', `fail_on: ${'['.repeat(60)}${']'.repeat(60)}`],
    ['maps in a line', '{a: '.repeat(20_000)],
    ['lists of dashes', '- '.repeat(20_000)],
    ['keys of keys', '? '.repeat(20_000)],
    ['maps as keys', '[]: '.repeat(20_000)],
    ['values of values', ': '.repeat(20_000)],
    ['indented maps', Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
  ])('nesting without end (CWE-674): %s', (_name, text) => {
    const error = failure(text);
    expect(error.message).toMatch(/more than 50 deep|more than 200 keys/);
  });

  test('nesting as deep as is read, one more is reported where it begins', () => {
    const nested = (depth: number): string => `retest: ${'['.repeat(depth)}${']'.repeat(depth)}`;
    expect(failure(nested(48)).message).toMatch(/retest has to be text, not a list/);
    expect(failure(nested(51)).message).toMatch(/^p\.yml:1:60: lists and maps lie more than 50 deep/);
  });

  test('keys without end: each is compared with all others (CWE-407)', () => {
    const keys = (count: number): string => Array.from({ length: count }, (_, i) => `k${i}:`).join('\n');
    expect(failure(keys(150)).message).toMatch(/unknown key "k0"/);
    expect(failure(keys(50_000)).message).toMatch(/^p\.yml:20\d:\d+: a map has more than 200 keys/);
    expect(failure(`rules: {${keys(50_000).replaceAll('\n', ' 1,')}}`).message).toMatch(/a map has more than 200 keys/);
  });

  test('a file that is no policy at all', () => {
    expect(failure('x'.repeat(2_000_000)).message).toMatch(/at most/);
  });

  test('globs over all entries', () => {
    const entry = (globs: number): string => `  - {match: [${'a,'.repeat(globs)}], max_acceptable_severity: strict}\n`;
    expect(load(`paths:\n${entry(100).repeat(2)}`).paths).toHaveLength(2);
    const { problems } = readPolicyText(`paths:\n${entry(100).repeat(2)}${entry(3)}`, 'p.yml');
    expect(problems.map(({ message }) => message)).toEqual(['p.yml:4:14: more than 200 globs']);
  });

  test.each([
    [100, null],
    [101, 'p.yml:1:1: more than 100 documents'],
  ])('%i documents', (count, expected) => {
    expect(readPolicyText('---\n'.repeat(count), 'p.yml').problems[0]?.message ?? null).toBe(expected);
  });

  test.each([
    [1_000_000, null],
    [1_000_001, 'p.yml:1:1: a policy file has at most 1000000 characters, this one 1000001'],
  ])('%i characters', (count, expected) => {
    expect(readPolicyText(`#${' '.repeat(count - 1)}`, 'p.yml').problems[0]?.message ?? null).toBe(expected);
  });

  test('every problem is named, in the order of the file', () => {
    const { problems } = readPolicyText(
      'fail_on: [HIHG]\nmax_acceptable_severity: none\n---\nowner: 7\nallow: [{entry: os.system, why: x}]\n---\nowner: a\n---\nowner: b\n',
      'p.yml',
    );
    expect(problems.map(({ line, column }) => `${line}:${column}`)).toEqual(['1:11', '2:26', '4:8', '9:1']);
  });
});

describe('every module that the rules name is refused, in a policy and on the command line', () => {
  const modules = 'os subprocess sys builtins eval exec shutil socket pickle _pickle code pty'.split(' ');
  test.each(modules.flatMap((module) => [[module], [`${module}.x`]]))('%s', (entry) => {
    const error = failure(`allow:\n  - {entry: ${entry}, why: x}\n`);
    expect([error.line, error.column]).toEqual([2, 13]);
    expect(error.message).toMatch(/is refused: .*danger list/);
    expect(() => userAllowEntry(entry)).toThrow(/is refused: .*danger list/);
  });
  test.each([
    'torch',
    'mylib',
    '*',
    'mylib.*',
    'mylib.',
    '.Net',
    'mylib..Net',
    "'my lib.Net'",
    'functools.partial',
    'numpy.os',
  ])('%s', (entry) => {
    expect(failure(`allow:\n  - {entry: ${entry === '*' ? "'*'" : entry}, why: x}\n`).message).toMatch(
      /is refused: \w/,
    );
  });
});

describe('the JSON Schema', () => {
  const accepts = new Ajv2020({ strict: true, allErrors: true, formats: { date: true } }).compile(policyJsonSchema());
  test.each([
    [{ fail_on: ['HIGH'], rules: { 'PICKLE-EXEC': { owner: 'o' } }, max_acceptable_severity: 'LIKELY_UNSAFE' }, true],
    [{ paths: [{ match: ['a/**'], max_acceptable_severity: 'strict', why: 'w' }] }, true],
    [{ allow: [{ entry: 'a.B', why: 'w', owner: 'o', expires: '2027-01-01', sha256: 'A'.repeat(64) }] }, true],
    [{ fial_on: [] }, false],
    [{ fail_on: 'HIGH' }, false],
    [{ rules: { 'PICKLE-EXEX': {} } }, false],
    [{ paths: [{ match: [], max_acceptable_severity: 'strict' }] }, false],
    [{ allow: [{ entry: 'a.B', why: 'w', sha256: 'short' }] }, false],
  ])('takes and refuses what the loader does: %j', (document, valid) => {
    expect(accepts(document)).toBe(valid);
    const loaded = (): unknown => load(JSON.stringify(document));
    if (valid) expect(loaded).not.toThrow();
    else expect(loaded).toThrow(PolicyError);
  });
});

test.each([
  ['a byte order mark', '\ufefffail_on: [LOW]\n'],
  ['carriage returns', 'fail_on: [LOW]\r\nticket_on: []\r\n'],
])('%s changes nothing', (_name, text) => {
  expect(load(text).defaults.failOn).toEqual(['LOW']);
});

describe('--also-allow', () => {
  test.each(['numpy', 'os.system', 'mylib.*', 'builtins.eval', 'eval', '', 'pickle.loads'])('refuses %j', (entry) => {
    expect(() => userAllowEntry(entry)).toThrow(/is refused: /);
  });

  test('a name that may be called', () => {
    expect(userAllowEntry('mylib.Net:maker')).toMatchObject({ entry: 'mylib.Net', role: 'maker' });
    expect(() => userAllowEntry(':maker')).toThrow(/is refused: /);
  });

  test('takes an exact name', () => {
    expect(userAllowEntry('mylib.model.Net')).toEqual({
      entry: 'mylib.model.Net',
      role: 'bare',
      why: null,
      owner: null,
      expires: null,
      sha256: null,
      origin: '--also-allow',
    });
  });
});
