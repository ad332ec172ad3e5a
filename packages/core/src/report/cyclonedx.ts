import { escapeText } from '../model/escape.js';
import type { Finding, IncompleteReport, Report } from '../model/report.js';
import type { Severity } from '../model/severity.js';
import { artifactOf } from './artifact-of.js';
import { componentOf } from './cyclonedx-component.js';
import {
  properties,
  property,
  References,
  type Analysis,
  type Bom,
  type Property,
  type Vulnerability,
} from './cyclonedx-model.js';
import { safeJson, showCommand, showLine, showPath } from './escape.js';
import {
  bySeverity,
  countReaches,
  describeAccept,
  describeAction,
  describeAllow,
  describeBaseline,
  describeComments,
  describeKnown,
  describePass,
  describePolicies,
  describeState,
  showLocation,
} from './words.js';

const SOURCE = { name: 'Sentinel' } as const;

const RATING: Readonly<Record<Severity, Vulnerability['ratings'][number]['severity']>> = {
  CRITICAL: 'critical',
  HIGH: 'high',
  MEDIUM: 'medium',
  LOW: 'low',
};

/** The numbers of `CWE-502`. */
function weaknesses(cwe: readonly string[]): number[] {
  return cwe.map((id) => Number(id.slice('CWE-'.length))).filter((id) => Number.isSafeInteger(id) && id > 0);
}

function detailOf({ location, evidence, flow = [] }: Finding): string {
  return [
    `where: ${showLocation(location)}`,
    `signal: ${showLine(evidence.signal)}`,
    ...(evidence.call === null ? [] : [`call: ${showLine(evidence.call)}`]),
    ...flow.map(({ at, text, code }) => `step: ${showLocation(at)} ${showLine(text)}: ${showLine(code)}`),
  ].join('\n');
}

/** An accepted finding stays one. The acceptance says who bears the risk, and not that there is none. */
function analysisOf(finding: Finding): Analysis | null {
  if (finding.accepted === null) return null;
  return { state: 'exploitable', response: ['will_not_fix'], detail: showLine(describeAction(finding)) };
}

function vulnerabilityOf(finding: Finding, ref: string, affected: string | undefined): Vulnerability {
  const analysis = analysisOf(finding);
  const state = describeState(finding);
  return {
    'bom-ref': ref,
    id: finding.ruleId,
    source: SOURCE,
    ratings: [
      {
        source: SOURCE,
        severity: RATING[finding.severity],
        method: 'other',
        justification: `safety level ${finding.safety.name} (${finding.safety.level})`,
      },
    ],
    cwes: weaknesses(finding.cwe),
    description: `${showLine(finding.title)}: ${showLine(finding.message)}`,
    detail: detailOf(finding),
    recommendation: showLine(finding.fix),
    ...(analysis === null ? {} : { analysis }),
    ...(affected === undefined ? {} : { affects: [{ ref: affected }] }),
    properties: [
      property('fingerprint', finding.fingerprint),
      property('action', describeAction(finding)),
      ...(finding.reach === undefined ? [] : [property('reach', finding.reach)]),
      property('owner', finding.owner),
      property('decision', finding.decision),
      { name: 'sentinel:retest', value: showCommand(finding.retest) },
      property('false-positive-risk', finding.fpRisk),
      ...properties('owasp-llm', finding.owaspLlm),
      ...properties('mitre-atlas', finding.atlas),
      ...properties('comment', describeComments(finding)),
      ...(state === null ? [] : [property('baseline', state)]),
    ],
  };
}

/** What is about the run and about no single component. */
function runProperties(report: Report, ofNoArtifact: readonly IncompleteReport[]): Property[] {
  const { baseline } = report;
  const proof = describePass(report);
  const absent = baseline === null ? [] : baseline.absent.map(describeKnown);
  const notCompared = baseline === null ? [] : baseline.notCompared.map(describeKnown);
  return [
    property('verdict', report.verdict),
    ...(proof === null ? [] : [property('proof', proof)]),
    ...properties('reach', countReaches(report.findings)),
    { name: 'sentinel:command', value: showCommand(report.command) },
    property('catalogue', report.tool.rules),
    ...properties('reason', report.reasons),
    ...properties(
      'incomplete',
      ofNoArtifact.map(({ path, reason }) => `${showPath(path)}: ${reason}`),
    ),
    ...properties('policy', describePolicies(report)),
    ...properties(
      'acceptance',
      report.accept.map((item) => `${item.fingerprint} (${item.origin}): ${describeAccept(item)}`),
    ),
    ...properties(
      'allow-entry',
      report.allow.map((item) => `${item.entry} (${item.origin}): ${item.state}; ${describeAllow(item)}`),
    ),
    ...(baseline === null ? [] : [property('baseline', describeBaseline(baseline))]),
    ...properties('baseline:absent', absent),
    ...properties('baseline:not-compared', notCompared),
    ...properties('note', report.notes),
  ];
}

/** When the scan began, where the report has a time that is one. */
function timestampOf({ run }: Report): string | null {
  return run === null || Number.isNaN(Date.parse(run.startedAt)) ? null : run.startedAt;
}

function group(report: Report): ReadonlyMap<string | null, IncompleteReport[]> {
  const known = new Set(report.artifacts.map(({ path }) => path));
  const groups = new Map<string | null, IncompleteReport[]>();
  for (const item of report.incomplete) {
    const path = artifactOf(item.path, known);
    const list = groups.get(path);
    if (list === undefined) groups.set(path, [item]);
    else list.push(item);
  }
  return groups;
}

/**
 * CycloneDX 1.6: an ML-BOM of what was scanned, with the findings as vulnerabilities. The same report gives the same bytes:
 * there is no serial number, and the time is that of the scan. Version 1.6, because servers that take BOMs still refuse 1.7.
 */
export function renderCycloneDx(report: Report): string {
  const notices = group(report);
  const artifactRefs = new References('artifact');
  const refs = new Map<string, string>();
  const components = report.artifacts.map((artifact) => {
    const ref = artifactRefs.next(escapeText(artifact.path));
    if (!refs.has(artifact.path)) refs.set(artifact.path, ref);
    return componentOf(artifact, ref, notices.get(artifact.path) ?? []);
  });
  const incomplete = report.artifacts.flatMap(({ status }, at) =>
    status === 'complete' ? [] : [components[at]?.['bom-ref'] ?? ''],
  );
  const findingRefs = new References('finding');
  const vulnerabilities = bySeverity(report.findings).map((finding) =>
    vulnerabilityOf(finding, findingRefs.next(finding.fingerprint), refs.get(finding.artifact)),
  );
  const timestamp = timestampOf(report);
  const bom: Bom = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      ...(timestamp === null ? {} : { timestamp }),
      tools: {
        components: [{ type: 'application', name: report.tool.name, version: showLine(report.tool.version) }],
      },
      properties: runProperties(report, notices.get(null) ?? []),
    },
    components,
    ...(incomplete.length === 0 ? {} : { compositions: [{ aggregate: 'incomplete', assemblies: incomplete }] }),
    vulnerabilities,
  };
  return safeJson(bom);
}
