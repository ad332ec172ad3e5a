import type { Log } from 'sarif';
import { describe, expect, test } from 'vitest';
import { cleanReport, comparedReport, fullReport } from '../../test/sample-reports.js';
import { ATLAS_TECHNIQUES, type AtlasId } from '../model/atlas.js';
import { sarifValidator } from '../../test/schema-kit.js';
import { RULES } from '../rules/index.js';
import { findRule } from '../rules/select.js';
import { renderSarif } from './sarif.js';
import { MAX_RESULTS } from '../model/limits.js';
import { artifactLocation } from './sarif-uri.js';

const metas = RULES.map((rule) => rule.meta);
const errorsOf = sarifValidator();

const log = (report = fullReport()): Log => JSON.parse(renderSarif(report, { rules: metas })) as Log;
const results = (of = log()) => of.runs.flatMap((run) => run.results ?? []);

test.each([
  ['full', fullReport()],
  ['clean', cleanReport()],
  ['compared', comparedReport()],
])('the %s report is SARIF 2.1.0', (_name, report) => {
  expect(errorsOf(log(report))).toEqual([]);
});

test('techniques of MITRE ATLAS are taxa of the run, related to the rules and tagged', () => {
  for (const { tool, taxonomies = [] } of log().runs) {
    const [atlas] = taxonomies;
    expect(atlas).toMatchObject({ name: 'MITRE ATLAS', version: '5.6.0' });
    const taxa = new Map(atlas?.taxa?.map(({ id, name }) => [id, name]));
    for (const rule of tool.driver.rules ?? []) {
      const ids = (rule.relationships ?? []).map(({ target }) => target.id ?? '');
      expect(ids).toEqual(findRule(rule.id).meta.atlas);
      for (const id of ids) {
        expect(taxa.get(id)).toBe(ATLAS_TECHNIQUES[id as AtlasId]);
        expect(rule.properties?.['tags']).toContain(`external/mitre-atlas/${id.toLowerCase()}`);
      }
    }
  }
  const exec = results().find(({ ruleId }) => ruleId === 'PICKLE-EXEC');
  expect(exec?.properties?.['atlas']).toEqual(findRule('PICKLE-EXEC').meta.atlas);
});

test('there is one run for each category, so that closed findings are closed there', () => {
  expect(log(cleanReport()).runs.map((run) => run.automationDetails?.id)).toEqual([
    'sentinel/PICKLE/',
    'sentinel/TORCH/',
    'sentinel/KERAS/',
    'sentinel/REPO/',
    'sentinel/SERVING/',
    'sentinel/ARCHIVE/',
  ]);
});

test('rules carry what code scanning shows', () => {
  for (const rule of log().runs.flatMap((run) => run.tool.driver.rules ?? [])) {
    expect(rule.help?.markdown).toContain('## How to fix');
    expect(rule.helpUri).toMatch(/^https:/);
    expect(rule.properties?.['security-severity']).toMatch(/^\d\.\d$/);
    expect(rule.properties?.['tags']).toContain('security');
  }
  const exec = log().runs[0]?.tool.driver.rules?.[0];
  // The decision, the checklist, the fix, when it is wrong, both examples, the other rules and the retest.
  const { meta } = findRule('PICKLE-EXEC');
  for (const help of [exec?.help?.text ?? '', (exec?.help?.markdown ?? '').replaceAll('`', '')]) {
    const flat = help.replaceAll(/\s+/g, ' ');
    for (const part of [
      meta.owner,
      meta.decision,
      ...Object.values(meta.triage),
      meta.fix,
      meta.falsePositives,
      meta.bad,
      meta.good,
      meta.artifacts?.bad ?? '',
      meta.artifacts?.good ?? '',
      'PICKLE-STRUCT: Pickle Opcode Structural Tampering',
      'sentinel artifact ./models/ --rule PICKLE',
    ])
      expect(flat).toContain(part.replaceAll('`', '').replaceAll(/\s+/g, ' '));
  }
  expect(exec).toMatchObject({
    id: 'PICKLE-EXEC',
    name: 'PickleExec',
    properties: { 'security-severity': '9.8', precision: 'high' },
  });
  expect(exec?.properties?.['tags']).toContain('external/cwe/cwe-502');
});

describe('results', () => {
  test('come most severe first and point at their rule', () => {
    const run = log().runs[0];
    expect(run?.results?.map((result) => result.ruleId)).toEqual([
      'PICKLE-EXEC',
      'PICKLE-STRUCT',
      'PICKLE-GLOBAL-IMPORT',
    ]);
    for (const result of run?.results ?? [])
      expect(run?.tool.driver.rules?.[result.ruleIndex ?? -1]?.id).toBe(result.ruleId);
  });

  test('name the outer file; an offset within a member is none of the file', () => {
    const [member] = results();
    expect(member?.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'models/a%20b.pt', uriBaseId: '%SRCROOT%' },
          region: { startLine: 1 },
        },
        logicalLocations: [{ fullyQualifiedName: 'models/a b.pt!archive/data.pkl', kind: 'member' }],
      },
    ]);
    expect(member?.properties).toMatchObject({ memberOffset: 31, signal: 'STACK_GLOBAL posix.system' });
    const plain = results().find((result) => result.ruleId === 'PICKLE-GLOBAL-IMPORT');
    expect(plain?.locations?.[0]?.physicalLocation?.region).toEqual({ startLine: 1, byteOffset: 5 });
  });

  test('carry fingerprints; accepted ones are suppressed and stay', () => {
    for (const result of results()) {
      expect(result.partialFingerprints).toMatchObject({
        'sentinelFingerprint/v2': expect.stringMatching(/^v2-[0-9a-f]{32}$/) as string,
        primaryLocationLineHash: expect.stringMatching(/^[0-9a-f]{16}:1$/) as string,
      });
    }
    const suppressed = results().filter((result) => result.suppressions !== undefined);
    expect(suppressed.map((result) => result.ruleId)).toEqual(['PICKLE-STRUCT']);
    expect(suppressed[0]?.suppressions?.[0]).toMatchObject({ kind: 'external', status: 'accepted' });
  });

  test('an acceptance says who, why and until when', () => {
    const [suppressed] = results().filter((result) => result.suppressions !== undefined);
    expect(suppressed?.suppressions?.[0]?.justification).toBe('accepted by board until 2027-01-01: known | <b>');
    expect(suppressed?.properties).toMatchObject({ acceptedBy: 'board', acceptedUntil: '2027-01-01' });
    expect(log().runs[0]?.properties?.['accept']).toEqual([
      expect.stringContaining('accepted by board until 2027-01-01'),
      expect.stringMatching(/^v2-e{32} \(p\.yml:3\): .* It is expired .*: 2 findings stand open again$/),
      expect.stringMatching(/^v2-f{32} .* It matches nothing/),
    ]);
  });

  test('stand to the baseline as new, unchanged or absent; what is absent is no alert', () => {
    const compared = results(log(comparedReport()));
    expect(compared.map((result) => [result.ruleId, result.baselineState, result.kind])).toEqual([
      ['PICKLE-EXEC', 'new', undefined],
      ['PICKLE-STRUCT', 'unchanged', undefined],
      ['PICKLE-GLOBAL-IMPORT', 'unchanged', undefined],
      ['PICKLE-EXEC', 'absent', 'pass'],
    ]);
    expect(compared.at(-1)).toMatchObject({ level: 'none', ruleIndex: 0 });
    expect(log(comparedReport()).runs[0]?.properties?.['notCompared']).toEqual([
      expect.stringContaining(`else/b.pt @3 (v2-${'2'.repeat(32)}): the artifact is not below`),
    ]);
    expect(results().every((result) => result.baselineState === undefined)).toBe(true);
  });

  test('are capped, with a word on what was cut', () => {
    const [finding] = fullReport().findings;
    if (finding === undefined) throw new Error('no finding');
    const capped = log({ ...fullReport(), findings: Array.from({ length: MAX_RESULTS + 5 }, () => finding) });
    expect(capped.runs[0]?.results).toHaveLength(MAX_RESULTS);
    const notes = capped.runs[0]?.invocations?.[0]?.toolExecutionNotifications?.map((item) => item.message.text);
    expect(notes?.at(-1)).toContain('Only the 25000 most severe of 25005');
  });
});

test('what was incomplete is a notification and no success', () => {
  const [invocation] = log().runs[0]?.invocations ?? [];
  expect(invocation?.executionSuccessful).toBe(false);
  expect(invocation?.toolExecutionNotifications?.[0]?.message.text).toContain(
    'evil\\x1b[2J.pkl!x @4: member is encrypted',
  );
  expect(log(cleanReport()).runs[0]?.invocations?.[0]).toMatchObject({
    executionSuccessful: true,
    toolExecutionNotifications: [],
  });
});

test('the checkout that the user stands in is named, where its root lies too', () => {
  const checkout = { repositoryUri: 'https://example.org/a', revision: 'a'.repeat(40), branch: 'main', above: '../..' };
  const sarif = JSON.parse(renderSarif(fullReport(), { rules: metas, checkout })) as Log;
  expect(errorsOf(sarif)).toEqual([]);
  expect(sarif.runs[0]?.versionControlProvenance).toEqual([
    {
      repositoryUri: 'https://example.org/a',
      revisionId: 'a'.repeat(40),
      branch: 'main',
      mappedTo: { uriBaseId: '%SRCROOT%', uri: '../../' },
    },
  ]);
  const unborn = { ...checkout, revision: null, branch: null, above: '' };
  expect(
    (JSON.parse(renderSarif(fullReport(), { rules: metas, checkout: unborn })) as Log).runs[0]
      ?.versionControlProvenance,
  ).toEqual([{ repositoryUri: 'https://example.org/a', mappedTo: { uriBaseId: '%SRCROOT%' } }]);
  expect(log().runs[0]?.versionControlProvenance).toBeUndefined();
});

test.each([
  ['a/b c.pt', null, { uri: 'a/b%20c.pt', uriBaseId: '%SRCROOT%' }],
  ['./a.pt', null, { uri: 'a.pt', uriBaseId: '%SRCROOT%' }],
  ['../a.pt', null, { uri: '../a.pt', uriBaseId: '%SRCROOT%' }],
  ['x:y#z?.pt', null, { uri: 'x%3Ay%23z%3F.pt', uriBaseId: '%SRCROOT%' }],
  ['ü/\u202e.pt', null, { uri: '%C3%BC/%E2%80%AE.pt', uriBaseId: '%SRCROOT%' }],
  ['/srv/a.pt', null, { uri: 'file:///srv/a.pt' }],
  ['/srv/a.pt', '/srv', { uri: 'a.pt', uriBaseId: '%SRCROOT%' }],
  ['/srv2/a.pt', '/srv', { uri: 'file:///srv2/a.pt' }],
  ['C:\\m\\a.pt', null, { uri: 'file:///C:/m/a.pt' }],
  ['C:\\m\\a.pt', 'C:\\m', { uri: 'a.pt', uriBaseId: '%SRCROOT%' }],
])('%j below %j', (path, root, location) => {
  expect(artifactLocation(path, root)).toEqual(location);
});
