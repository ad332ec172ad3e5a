import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { artifact, RUN } from '../../test/report-kit.js';
import { cleanReport, comparedReport, fullReport } from '../../test/sample-reports.js';
import { cycloneDxValidator } from '../../test/schema-kit.js';
import { MAX_BOM_PROPERTIES } from '../model/limits.js';
import type { ArtifactReport, Report } from '../model/report.js';
import { renderCycloneDx } from './cyclonedx.js';
import { References, type Bom, type Component, type Property } from './cyclonedx-model.js';

const errorsOf = cycloneDxValidator();
const bomOf = (report: Report): Bom => JSON.parse(renderCycloneDx(report)) as Bom;
const valuesOf = (list: readonly Property[], name: string): string[] =>
  list.filter((item) => item.name === `sentinel:${name}`).map(({ value }) => value);
const withArtifacts = (...artifacts: ArtifactReport[]): Report => ({ ...cleanReport(), artifacts });
const componentsOf = (...artifacts: ArtifactReport[]): readonly Component[] =>
  bomOf(withArtifacts(...artifacts)).components;

const REPORTS: readonly (readonly [string, Report])[] = [
  ['full', fullReport()],
  ['clean', cleanReport()],
  ['compared', comparedReport()],
  ['compared, with --fail-on-new,', comparedReport(true)],
];

describe.each(REPORTS)('the %s report', (_name, report) => {
  test('is CycloneDX 1.6 by its official schema', () => {
    expect(errorsOf(bomOf(report))).toEqual([]);
  });

  test('gives the same bytes each time, and no reference twice', () => {
    expect(renderCycloneDx(report)).toBe(renderCycloneDx(structuredClone(report)));
    const { components, vulnerabilities } = bomOf(report);
    const refs = [...components, ...vulnerabilities].map((item) => item['bom-ref']);
    expect(new Set(refs).size).toBe(refs.length);
  });

  test('has an analysis for what somebody accepted, and for nothing else', () => {
    const { vulnerabilities } = bomOf(report);
    expect(vulnerabilities).toHaveLength(report.findings.length);
    for (const item of vulnerabilities) {
      const [fingerprint] = valuesOf(item.properties, 'fingerprint');
      const accepted = report.findings.find((finding) => finding.fingerprint === fingerprint)?.accepted ?? null;
      expect(item.analysis === undefined).toBe(accepted === null);
    }
  });
});

test('the schema refuses what is no CycloneDX', () => {
  const bom = bomOf(fullReport());
  expect(errorsOf({ ...bom, metadata: { ...bom.metadata, timestamp: 'yesterday' } })).not.toEqual([]);
  expect(errorsOf({ ...bom, components: [{ ...bom.components[0], type: 'model' }] })).not.toEqual([]);
  expect(errorsOf({ ...bom, later: 1 })).not.toEqual([]);
});

describe('VEX', () => {
  /** Every state and justification that a consumer could take for "not affected". */
  const analyses = (report: Report): unknown[] => bomOf(report).vulnerabilities.map(({ analysis }) => analysis);

  test('a scan that found nothing says nothing about anything', () => {
    const bom = bomOf(cleanReport());
    expect(bom.vulnerabilities).toEqual([]);
    expect(valuesOf(bom.metadata.properties, 'proof')[0]).toContain('no proof of safety');
    expect(JSON.stringify(bom)).not.toMatch(/not_affected|false_positive|resolved/);
  });

  test('a finding of the baseline that is gone is no resolved vulnerability: an allow entry may hide it', () => {
    const report = comparedReport();
    expect(report.baseline?.absent.length).toBeGreaterThan(0);
    const bom = bomOf(report);
    expect(valuesOf(bom.metadata.properties, 'baseline:absent')).toHaveLength(report.baseline?.absent.length ?? 0);
    expect(JSON.stringify(bom)).not.toMatch(/not_affected|false_positive|"resolved/);
  });

  test('an acceptance says who bears the risk, and not that there is none', () => {
    const [accepted] = analyses(fullReport()).filter((analysis) => analysis !== undefined);
    expect(accepted).toEqual({
      state: 'exploitable',
      response: ['will_not_fix'],
      detail: 'accepted by board until 2027-01-01: known | <b>',
    });
  });

  test('no report whatsoever makes another state', () => {
    const report = fullReport();
    const states = fc.constantFrom('not_affected', 'resolved', 'false_positive', 'in_triage', '');
    const accepted = fc.option(fc.record({ owner: states, why: states, expires: fc.constant(null) }), { nil: null });
    const shape = fc.record({ accepted, action: fc.constantFrom('fail' as const, 'ticket' as const, 'note' as const) });
    fc.assert(
      fc.property(fc.array(shape, { minLength: 3, maxLength: 3 }), fc.boolean(), (given, isBaseline) => {
        const findings = report.findings.map((finding, at) => ({
          ...finding,
          ...given[at],
          baseline: isBaseline ? { state: 'unchanged' as const, tolerated: true } : null,
        }));
        const text = renderCycloneDx({ ...report, verdict: 'pass', findings });
        for (const { analysis } of (JSON.parse(text) as Bom).vulnerabilities)
          if (analysis !== undefined)
            expect({ ...analysis, detail: '' }).toEqual({
              state: 'exploitable',
              response: ['will_not_fix'],
              detail: '',
            });
        expect(text).not.toContain('"justification": "code_');
      }),
      { numRuns: 50 },
    );
  });
});

describe('a component', () => {
  test.each([
    ['pickle', 'machine-learning-model'],
    ['safetensors', 'machine-learning-model'],
    ['npz', 'data'],
    ['spss', 'data'],
    ['python', 'file'],
    ['zip', 'file'],
    ['png', 'file'],
  ])('of format %s is a %s', (format, type) => {
    expect(componentsOf(artifact('a', 0, { format }))[0]?.type).toBe(type);
  });

  test('of any format with a pickle in it is a model', () => {
    const [full] = fullReport().artifacts;
    expect(componentsOf(artifact('a.zip', 0, { format: 'zip', parts: full?.parts ?? [] }))[0]?.type).toBe(
      'machine-learning-model',
    );
  });

  test('has the SHA-256 that the report has, or why there is none', () => {
    const sha256 = 'c'.repeat(64);
    const [hashed, other] = componentsOf(artifact('a', 0, { sha256, notHashed: null }), artifact('b'));
    expect(hashed?.hashes).toEqual([{ alg: 'SHA-256', content: sha256 }]);
    expect(other?.hashes).toBeUndefined();
    expect(valuesOf(other?.properties ?? [], 'not-hashed')).toEqual(['not asked for']);
  });

  test('has its globals by class, streams, opaque members, coverage and level', () => {
    const [component] = bomOf(fullReport()).components;
    const list = component?.properties ?? [];
    expect(valuesOf(list, 'global:dangerous')).toEqual(['posix.system']);
    expect(valuesOf(list, 'stream')[0]).toBe(
      `models/a b.pt!archive/data.pkl @0: torch-zip, protocol 2, 80 bytes, SHA-256 ${'a'.repeat(64)}`,
    );
    expect(valuesOf(list, 'opaque')).toEqual(['models/a b.pt!x.png: png. None.']);
    expect(valuesOf(list, 'coverage:parsed')).toEqual(['2048']);
    expect(valuesOf(list, 'level')).toEqual(['OVERTLY_MALICIOUS (5)']);
  });

  test('lists so many globals, the worst first, and counts the rest', () => {
    const [full] = fullReport().artifacts;
    const stream = full?.parts.find((part) => part.kind === 'stream');
    if (stream?.kind !== 'stream') throw new Error('no stream');
    const [one] = stream.globals;
    if (one === undefined) throw new Error('no global');
    const many = Array.from({ length: MAX_BOM_PROPERTIES + 5 }, (_, at) => ({
      ...one,
      class: 'allowed' as const,
      name: `n${at}`,
    }));
    const globals = [...many, one, one, { ...one, class: 'allowed' as const, name: 'mine', userAllowed: true }];
    const list = componentsOf(artifact('a', 5, { parts: [{ ...stream, globals }] }))[0]?.properties ?? [];
    expect(valuesOf(list, 'global:dangerous')).toEqual(['posix.system']);
    expect(valuesOf(list, 'global:allowed-by-user')).toEqual(['posix.mine']);
    expect(valuesOf(list, 'global:allowed')).toHaveLength(MAX_BOM_PROPERTIES);
    expect(valuesOf(list, 'global:allowed:more')).toEqual(['5 more are in the JSON report']);
  });

  test('that was not analysed whole says why, and is an incomplete assembly', () => {
    const bom = bomOf(fullReport());
    const evil = bom.components.find(({ name }) => name.includes('evil'));
    expect(valuesOf(evil?.properties ?? [], 'incomplete')).toEqual([
      'models/\\u202eevil\\x1b[2J.pkl!x: member is encrypted',
    ]);
    expect(bom.compositions).toEqual([{ aggregate: 'incomplete', assemblies: [evil?.['bom-ref']] }]);
  });
});

test('a vulnerability names its rule, rating, weaknesses, techniques and component', () => {
  const { components, vulnerabilities } = bomOf(fullReport());
  const exec = vulnerabilities.find(({ id }) => id === 'PICKLE-EXEC');
  expect(exec).toMatchObject({
    ratings: [{ severity: 'critical', method: 'other', justification: 'safety level OVERTLY_MALICIOUS (5)' }],
    cwes: [502],
    affects: [{ ref: components[0]?.['bom-ref'] }],
  });
  expect(exec?.detail).toContain('signal: STACK_GLOBAL posix.system');
  expect(valuesOf(exec?.properties ?? [], 'mitre-atlas')).toContain('AML.T0011.000');
});

test('the time is that of the scan, where it is a time', () => {
  const run = (startedAt: string): Report['run'] => ({ ...RUN, startedAt });
  const times = ['2026-06-01T10:00:00.000Z', '2026-99-01T10:00:00.000Z', '2026-06-01T::Z'].map(
    (at) => bomOf({ ...cleanReport(), run: run(at) }).metadata.timestamp,
  );
  expect(times).toEqual(['2026-06-01T10:00:00.000Z', undefined, undefined]);
});

test('references of equal texts differ, and no text makes another one', () => {
  const refs = new References('artifact');
  expect(['a', 'a', '2:a', 'a'].map((text) => refs.next(text))).toEqual([
    'artifact:a',
    'artifact-2:a',
    'artifact:2:a',
    'artifact-3:a',
  ]);
});

test('nothing of an artifact reaches a terminal as it is', () => {
  expect(renderCycloneDx(comparedReport())).toMatch(/^[ -~\n]*$/);
});
