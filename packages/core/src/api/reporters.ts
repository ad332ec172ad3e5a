import type { Report } from '../model/report.js';
import type { Rule } from '../model/rule.js';
import * as cyclonedx from '../report/cyclonedx.js';
import * as gitlab from '../report/gitlab.js';
import * as html from '../report/html.js';
import * as json from '../report/json.js';
import * as junit from '../report/junit.js';
import * as markdown from '../report/markdown.js';
import * as sarif from '../report/sarif.js';
import * as text from '../report/text.js';
import { RULES } from '../rules/index.js';
import { aBoolean, be, checkArgument, checkedOptions, isObject, type Check, type OptionChecks } from './check.js';
import { someRules } from './scan.js';

export type TextOptions = Partial<text.TextOptions>;

export interface RuleOptions {
  /** The rules that the scan applied; all of them unless given. */
  readonly rules?: readonly Rule[];
}

export interface RootOptions {
  /** Folder that artifact paths are made relative to, or null to leave them as they are. */
  readonly root?: string | null;
}

export interface SarifOptions extends RuleOptions, RootOptions {
  /** What the working folder is a checkout of, if anything. */
  readonly checkout?: sarif.Checkout | null;
}

const aReport = be('a report', (value) => isObject(value) && Array.isArray(value['artifacts']));
const aRoot = be('a path or null', (value) => value === null || typeof value === 'string');
const aCheckout: Check = be('a checkout or null', (value) => value === null || isObject(value));

const aWidth = be(
  'a whole number of columns or null',
  (value) => value === null || (Number.isSafeInteger(value) && Number(value) > 0),
);

const TEXT: OptionChecks<TextOptions> = { color: aBoolean, verbose: aBoolean, quiet: aBoolean, width: aWidth };
const OF_RULES: OptionChecks<RuleOptions> = { rules: someRules };
const OF_ROOT: OptionChecks<RootOptions> = { root: aRoot };
const SARIF: OptionChecks<SarifOptions> = { ...OF_RULES, ...OF_ROOT, checkout: aCheckout };

function checked<O extends object>(where: string, report: Report, options: O, checks: OptionChecks<O>): O {
  checkArgument(where, 'report', report, aReport);
  return checkedOptions(where, options, checks);
}

/** For a terminal. Text from artifacts is escaped, here as in every other format. */
export function renderText(report: Report, options: TextOptions = {}): string {
  const given = checked('renderText', report, options, TEXT);
  return text.renderText(report, { color: false, verbose: false, quiet: false, ...given });
}

/** The report as it is: schemas/report.schema.json. */
export function renderJson(report: Report): string {
  checkArgument('renderJson', 'report', report, aReport);
  return json.renderJson(report);
}

/** A page for a job summary or a comment. */
export function renderMarkdown(report: Report, options: RuleOptions = {}): string {
  const { rules = RULES } = checked('renderMarkdown', report, options, OF_RULES);
  return markdown.renderMarkdown(report, recordsOf(rules));
}

/** SARIF 2.1.0, for code scanning. */
export function renderSarif(report: Report, options: SarifOptions = {}): string {
  const { rules = RULES, ...others } = checked('renderSarif', report, options, SARIF);
  return sarif.renderSarif(report, { rules: recordsOf(rules), catalogue: recordsOf(RULES), ...others });
}

/** JUnit XML: a test for each artifact and each rule that could find something in its format. */
export function renderJunit(report: Report, options: RuleOptions = {}): string {
  const { rules = RULES } = checked('renderJunit', report, options, OF_RULES);
  return junit.renderJunit(report, recordsOf(rules));
}

/** One page without scripts that needs nothing else. */
export function renderHtml(report: Report, options: RuleOptions = {}): string {
  const { rules = RULES } = checked('renderHtml', report, options, OF_RULES);
  return html.renderHtml(report, recordsOf(rules));
}

/** CycloneDX 1.6: an ML-BOM with the findings as vulnerabilities. */
export function renderCycloneDx(report: Report): string {
  checkArgument('renderCycloneDx', 'report', report, aReport);
  return cyclonedx.renderCycloneDx(report);
}

/** GitLab's Code Quality report. */
export function renderGitlab(report: Report, options: RootOptions = {}): string {
  return gitlab.renderGitlab(report, checked('renderGitlab', report, options, OF_ROOT));
}

function recordsOf(rules: readonly Rule[]): Rule['meta'][] {
  return rules.map(({ meta }) => meta);
}
