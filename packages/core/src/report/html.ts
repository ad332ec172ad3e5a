import { MAX_HTML_FINDINGS, MAX_HTML_ITEMS, MAX_HTML_ROWS } from '../model/limits.js';
import type { ArtifactReport, Finding, Report } from '../model/report.js';
import type { RuleMeta } from '../model/rule.js';
import { showCommand, showLine, showPath } from './escape.js';
import { code, element, type Markup, pairs, table, words, type Child, type Row } from './html-element.js';
import { badge, findingOf, ruleOf } from './html-finding.js';
import { describeRepositories } from './repositories.js';
import { STYLE, STYLE_HASH } from './html-style.js';
import {
  bySeverity,
  countReaches,
  countsInWords,
  describeAccept,
  describeAllow,
  describeBaseline,
  describeCoverage,
  describeExcused,
  describeKnown,
  describeLevel,
  describeOpaque,
  describePass,
  describePolicies,
  plural,
  showBytes,
  wordsOfVerdict,
} from './words.js';

/** Nothing is loaded, run, framed or sent; the one style is named by its hash. */
const CSP = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'`;

function section(title: string, content: readonly Child[]): Markup[] {
  return content.length === 0 ? [] : [element('section', {}, [element('h2', {}, [title]), ...content])];
}

/** A list, of which at most so many are shown. */
function list(items: readonly (readonly Child[])[]): Markup[] {
  if (items.length === 0) return [];
  const shown = items.slice(0, MAX_HTML_ITEMS).map((item) => element('li', {}, item));
  const left = items.length - shown.length;
  const more = left > 0 ? [element('li', {}, [`${left} more are in the JSON report.`])] : [];
  return [element('ul', {}, [...shown, ...more])];
}

const sentences = (items: readonly string[]): Markup[] => list(items.map((item) => [words(showLine(item))]));

function headOf(report: Report): Markup {
  const { run, tool, verdict } = report;
  const [word, rest] = wordsOfVerdict(report);
  const excused = describeExcused(report);
  const proof = describePass(report);
  return element('header', { class: verdict }, [
    element('p', { class: 'soft' }, ['Sentinel report']),
    element('h1', {}, [`${word}: ${rest}`]),
    element('p', {}, [countsInWords(report)]),
    ...[excused, proof].flatMap((text) => (text === null ? [] : [element('p', {}, [words(text)])])),
    pairs([
      ['Command', [code(showCommand(report.command))]],
      ...(run === null ? [] : [['Scanned', [run.startedAt]] as const]),
      ['Made by', [`Sentinel ${tool.version}, catalogue ${tool.rules}`]],
    ]),
  ]);
}

function hashOf({ sha256, notHashed }: ArtifactReport): Child {
  return sha256 === null ? words(showLine(notHashed ?? 'not hashed')) : code(sha256);
}

/** What the findings of one artifact are about. */
function artifactFacts(artifact: ArtifactReport | undefined): Markup[] {
  if (artifact === undefined) return [];
  const { format, size, status, safety, coverage, sha256 } = artifact;
  const facts = [showLine(format), showBytes(size), describeLevel(safety), status, describeCoverage(coverage)];
  return [
    element('p', { class: 'soft' }, [
      words(facts.join(', ')),
      ...(sha256 === null ? [] : [', SHA-256 ', code(sha256)]),
    ]),
  ];
}

/** Up to this number all findings are unfolded; beyond it none is. */
const UNFOLDED = 3;

/** The findings by artifact: the worst first, in an artifact and among them. */
function findingsOf(report: Report, rules: ReadonlyMap<string, RuleMeta>): Child[] {
  const all = bySeverity(report.findings);
  const shown = all.slice(0, MAX_HTML_FINDINGS);
  const byPath = new Map<string, Finding[]>();
  for (const finding of shown) {
    const own = byPath.get(finding.artifact);
    if (own === undefined) byPath.set(finding.artifact, [finding]);
    else own.push(finding);
  }
  const artifacts = new Map(report.artifacts.map((artifact) => [artifact.path, artifact]));
  const isOpen = shown.length <= UNFOLDED;
  const groups = [...byPath].map(([path, own]) =>
    element('section', {}, [
      element('h3', {}, [code(showPath(path))]),
      ...artifactFacts(artifacts.get(path)),
      ...own.map((finding) => findingOf(finding, isOpen, rules.has(finding.ruleId))),
    ]),
  );
  const left = all.length - shown.length;
  return left > 0
    ? [...groups, element('p', {}, [`${left} more findings, none of them worse, are in the JSON report.`])]
    : groups;
}

const COLUMNS = ['Artifact', 'Format', 'Level', 'Status', 'Size', 'SHA-256', 'Coverage'];

function rowOf(artifact: ArtifactReport, worst: ReadonlyMap<string, Finding['severity']>): Row {
  const { path, format, safety, status, size, coverage } = artifact;
  const severity = worst.get(path);
  return [
    [code(showPath(path))],
    [words(showLine(format))],
    [describeLevel(safety), ...(severity === undefined ? [] : [' ', badge(severity)])],
    [status],
    [showBytes(size)],
    [hashOf(artifact)],
    [describeCoverage(coverage)],
  ];
}

function artifactTable(caption: string, rows: readonly Row[]): Child[] {
  if (rows.length === 0) return [];
  const left = rows.length - MAX_HTML_ROWS;
  return [
    element('div', { class: 'scroll' }, [table(caption, COLUMNS, rows.slice(0, MAX_HTML_ROWS))]),
    ...(left > 0 ? [element('p', {}, [`${left} more are in the JSON report.`])] : []),
  ];
}

/** All artifacts; those with nothing to say are counted, and folded. */
function artifactsOf(report: Report): Child[] {
  const worst = new Map<string, Finding['severity']>();
  for (const { artifact, severity } of bySeverity(report.findings))
    if (!worst.has(artifact)) worst.set(artifact, severity);
  const isClean = ({ path, status, safety }: ArtifactReport): boolean =>
    status === 'complete' && safety?.level === 0 && !worst.has(path);
  const row = (artifact: ArtifactReport): Row => rowOf(artifact, worst);
  const clean = report.artifacts.filter(isClean);
  const others = report.artifacts.filter((artifact) => !isClean(artifact));
  const count = `${plural(clean.length, 'artifact')} analysed completely, without a finding`;
  return [
    ...artifactTable('With a finding, not analysed completely, or not analysed', others.map(row)),
    ...(clean.length === 0
      ? []
      : [
          element('details', {}, [
            element('summary', {}, [count]),
            ...artifactTable('Analysed completely, without a finding', clean.map(row)),
          ]),
        ]),
  ];
}

function rulesOf(findings: readonly Finding[], rules: ReadonlyMap<string, RuleMeta>): Markup[] {
  const found = new Set(findings.map(({ ruleId }) => ruleId));
  return [...rules.values()].filter(({ id }) => found.has(id)).map(ruleOf);
}

function mainOf(report: Report, rules: ReadonlyMap<string, RuleMeta>): Markup {
  const { baseline } = report;
  const incomplete = report.incomplete.map(({ path, offset, reason }): Child[] => [
    code(`${showPath(path)}${offset === null ? '' : ` @${offset}`}`),
    ': ',
    words(showLine(reason)),
  ]);
  const accept = report.accept.map((item): Child[] => [
    code(item.fingerprint),
    words(` (${showLine(item.origin)}): ${showLine(describeAccept(item))}`),
  ]);
  const allow = report.allow.map((item): Child[] => [
    code(showLine(item.entry)),
    words(` (${showLine(item.origin)}): ${item.state}; ${showLine(describeAllow(item))}`),
  ]);
  return element('main', {}, [
    ...section('Repositories', sentences(describeRepositories(report))),
    ...section('Why it fails', sentences(report.reasons)),
    ...section('By reach', sentences(countReaches(report.findings))),
    ...section('Findings', findingsOf(report, rules)),
    ...section('Not analysed completely', list(incomplete)),
    ...section('Recognised, not analysed', sentences(describeOpaque(report))),
    ...section('Artifacts', artifactsOf(report)),
    ...section('Policy', sentences(describePolicies(report))),
    ...section('Accepted risks', list(accept)),
    ...section('Allow entries', list(allow)),
    ...(baseline === null
      ? []
      : [
          ...section('Baseline', sentences([describeBaseline(baseline)])),
          ...section('Absent since the baseline', sentences(baseline.absent.map(describeKnown))),
          ...section('In the baseline, not compared', sentences(baseline.notCompared.map(describeKnown))),
        ]),
    ...section('Notes', sentences(report.notes)),
    ...section('Rules', rulesOf(report.findings, rules)),
  ]);
}

/**
 * One page that needs nothing else: no script, font, picture or address is loaded. The verdict comes first, then the worst
 * finding. `rules`: records of the rules, which are shown once each.
 */
export function renderHtml(report: Report, rules: readonly RuleMeta[] = []): string {
  const byId = new Map(rules.map((meta) => [meta.id, meta]));
  const [word] = wordsOfVerdict(report);
  const title = element('title', {}, [`Sentinel report: ${word}, ${plural(report.findings.length, 'finding')}`]);
  const body = element('body', {}, [
    headOf(report),
    mainOf(report, byId),
    element('footer', { class: 'soft' }, [
      'Made by Sentinel, which reads artifacts and runs nothing of them. Text of artifacts is shown with escapes where a character would be invisible or act.',
    ]),
  ]);
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${CSP}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    title.html,
    `<style>${STYLE}</style>`,
    '</head>',
    body.html,
    '</html>',
    '',
  ].join('\n');
}
