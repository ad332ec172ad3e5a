import {
  DEFAULT_LIMITS,
  parseThreshold,
  type ClosureSetting,
  type RunReport,
  type Tightening,
} from '@artifact-sentinel/core/internal';
import type { RetestOptions } from './options.js';
import type { Located } from './locate.js';

/** What the scan of a retest is asked for. The author of the report chose its options: alone they only tighten. */
export interface Settings {
  readonly rules: readonly string[];
  readonly alsoAllow: readonly string[];
  readonly timeoutSeconds: number | null;
  readonly followLinks: boolean;
  /** Of the command line. */
  readonly maxAcceptableSeverity: string | null;
  /** Of the report: it holds where it is stricter than the policy. */
  readonly level: string | null;
  /** All of it in words, and what of the report was left out. */
  readonly recorded: readonly ClosureSetting[];
}

/** Values that are named; the rest is counted. */
const NAMED = 5;

function listed(values: readonly string[]): string {
  const left = values.length - NAMED;
  return values.slice(0, NAMED).join(', ') + (left > 0 ? ` and ${left} more` : '');
}

interface Recorded<T> {
  readonly value: T;
  readonly setting: ClosureSetting | null;
}

type Name = ClosureSetting['name'];

function given<T>(name: Name, value: T, shown: string): Recorded<T> {
  return { value, setting: { name, value: shown, from: 'command line', ignored: null } };
}

/** What only the command line may ask for. */
function refused<T>(name: Name, value: T, shown: string, ignored: string): Recorded<T> {
  return { value, setting: { name, value: shown, from: 'default', ignored } };
}

function rulesOf({ rules: asked }: RunReport, rules: readonly string[] | undefined): Recorded<readonly string[]> {
  if (rules !== undefined) return given('rules', rules, listed(rules));
  if (asked.length > 0) return refused('rules', [], 'all', `${listed(asked)} only; --rule says which are enough`);
  return { value: [], setting: { name: 'rules', value: 'all', from: 'default', ignored: null } };
}

function allowOf({ alsoAllow: asked }: RunReport, allow: readonly string[] | undefined): Recorded<readonly string[]> {
  if (allow !== undefined) return given('allow entries', allow, listed(allow));
  if (asked.length === 0) return { value: [], setting: null };
  return refused('allow entries', [], 'those of the policy', `${listed(asked)}; --also-allow takes them`);
}

/** A shorter time can only leave more incomplete; a longer one has to be asked for. */
function timeoutOf({ timeoutSeconds: asked }: RunReport, seconds: number | undefined): Recorded<number | null> {
  if (seconds !== undefined) return given('timeout', seconds, `${seconds} s`);
  if (asked === null) return { value: null, setting: null };
  const most = DEFAULT_LIMITS.artifactMs / 1000;
  if (asked > most) return refused('timeout', null, `${most} s`, `${asked} s; --timeout takes them`);
  return { value: asked, setting: { name: 'timeout', value: `${asked} s`, from: 'report', ignored: null } };
}

/** Without it a link out of the scanned folders leaves the run incomplete. */
function linksOf({ followLinks: asked }: RunReport, follow: true | undefined): Recorded<boolean> {
  if (follow === true) return given('links', true, 'followed out of the scanned folders');
  if (asked !== true) return { value: false, setting: null };
  return refused(
    'links',
    false,
    'not followed out of the scanned folders',
    'links that are followed; --follow-links does',
  );
}

function levelOf({ maxAcceptableSeverity: asked }: RunReport, level: string | undefined): Recorded<string | null> {
  const name = 'highest acceptable level';
  if (level !== undefined) return given(name, null, level);
  if (asked === null) return { value: null, setting: null };
  const value = `${asked} where that is stricter than the policy`;
  const ignored = 'the same where it is looser; --max-acceptable-severity takes it';
  return { value: asked, setting: { name, value, from: 'report', ignored } };
}

function pathSettings(run: RunReport, located: Located, named: boolean): ClosureSetting[] {
  const now = listed(located.scanned.map((item) => item.now));
  return [
    { name: 'root', value: located.root, from: located.rootFrom, ignored: null },
    named
      ? { name: 'paths', value: now, from: 'command line', ignored: listed(run.paths) }
      : { name: 'paths', value: now, from: 'report', ignored: null },
  ];
}

export function settingsOf(run: RunReport, located: Located, pathsAreNamed: boolean, options: RetestOptions): Settings {
  const rules = rulesOf(run, options.rule);
  const allow = allowOf(run, options.alsoAllow);
  const level = levelOf(run, options.maxAcceptableSeverity);
  const timeout = timeoutOf(run, options.timeout);
  const links = linksOf(run, options.followLinks);
  const recorded = [rules, allow, level, timeout, links].flatMap(({ setting }) => (setting === null ? [] : [setting]));
  return {
    rules: rules.value,
    alsoAllow: allow.value,
    timeoutSeconds: timeout.value,
    followLinks: links.value,
    maxAcceptableSeverity: options.maxAcceptableSeverity ?? null,
    level: level.value,
    recorded: [...pathSettings(run, located, pathsAreNamed), ...recorded],
  };
}

/** The level of a report as a policy that came with the files would say it. */
export function tighteningOf({ level }: Settings, file: string): readonly Tightening[] {
  if (level === null) return [];
  const maxAcceptableSeverity = parseThreshold(level);
  return [{ file, folder: null, defaults: {}, categories: {}, rules: {}, maxAcceptableSeverity, paths: [] }];
}
