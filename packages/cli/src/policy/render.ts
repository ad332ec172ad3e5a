import {
  append,
  cut,
  describePolicyOrigin,
  escapeText,
  OUTDATED,
  plural,
  reachOf,
  type EffectivePolicy,
  type EffectiveScope,
  type Sourced,
} from '@artifact-sentinel/core/internal';
import type { PolicyCheck } from './check-report.js';

/** Longest text of a file in one line. */
const LINE_LENGTH = 1000;

/** A policy may come with the files: what it says must not move a cursor. */
function line(text: string): string {
  return cut(escapeText(text), LINE_LENGTH);
}

const from = (origin: string | null): string => (origin === null ? 'built in' : line(origin));

function valueRow(key: string, value: string, origin: string | null, indent = '    '): string {
  return `${indent}${key.padEnd(10)} ${line(value)}  [${from(origin)}]`;
}

const list = (values: readonly string[]): string => (values.length === 0 ? 'nothing' : values.join(', '));

const verb = (values: readonly string[], many: string, one: string): string =>
  `${list(values)} ${values.length > 1 ? many : one}`;

function scopeLines(title: string, scope: EffectiveScope): string[] {
  const own = ({ value, origin }: Sourced<string | null>, key: string): string =>
    valueRow(key, value ?? "each rule's own", origin);
  return [
    `  ${title}`,
    valueRow('fail_on', list(scope.failOn.value), scope.failOn.origin),
    valueRow('ticket_on', list(scope.ticketOn.value), scope.ticketOn.origin),
    ...scope.reach.map(({ reach, value, origin }) => valueRow('reach', `${reach}: ${value} at most`, origin)),
    own(scope.owner, 'owner'),
    own(scope.retest, 'retest'),
    `    so         ${verb(scope.fails, 'fail', 'fails')}; ${verb(scope.tickets, 'need', 'needs')} a ticket`,
  ];
}

function levelLines({ maxAcceptableSeverity, paths }: EffectivePolicy, files: PolicyCheck['files']): string[] {
  const { value, origin } = maxAcceptableSeverity;
  const lines = ['Highest acceptable level', `  ${value.name} (${value.level})  [${from(origin)}]`];
  for (const [index, item] of paths.entries()) {
    const { name, level } = item.maxAcceptableSeverity;
    const count = files === null ? '' : `; decides ${String(files.byPath[index])} of ${plural(files.total, 'file')}`;
    lines.push(
      `  ${name} (${level}) for ${line(item.match.join(' '))}${count}${item.why === null ? '' : `; ${line(item.why)}`}  [${from(item.origin)}]`,
    );
  }
  return [...lines, ''];
}

function entryLines({ allow, accept }: EffectivePolicy): string[] {
  const lines: string[] = [];
  if (allow.length > 0) lines.push('Allow entries');
  for (const item of allow) {
    const parts = [
      `${item.state}${item.detail === null ? '' : ` (${item.detail})`}`,
      ...(item.expires === null || item.state === 'expired' ? [] : [`until ${item.expires}`]),
      ...(item.sha256 === null ? [] : [`for the artifact with SHA-256 ${item.sha256} only`]),
      ...(item.owner === null ? [] : [`owner: ${item.owner}`]),
      ...(item.why === null ? [] : [`why: ${item.why}`]),
    ];
    lines.push(`  ${line(item.entry)}: ${line(parts.join('; '))}  [${from(item.origin)}]`);
  }
  if (allow.length > 0) lines.push('');
  if (accept.length > 0) lines.push('Accepted risks');
  for (const item of accept) {
    const until =
      item.expires === null ? '' : `${item.state === 'expired' ? '; its last day was' : ' until'} ${item.expires}`;
    const said = item.state === 'outdated' ? `outdated: ${OUTDATED}` : `${item.state}${until}; ${reachOf(item.sha256)}`;
    lines.push(
      `  ${item.fingerprint}: ${line(`${said}; owner: ${item.owner}; why: ${item.why}`)}  [${from(item.origin)}]`,
    );
  }
  return accept.length > 0 ? [...lines, ''] : lines;
}

function commentLines({ sourceComments: { value, origin } }: EffectivePolicy): string[] {
  const where = value.length === 0 ? 'accept nothing' : `accept findings in ${value.join(' ')}`;
  return ['Comments in source', `  ${line(where)}  [${from(origin)}]`, ''];
}

function inTreeLines(check: PolicyCheck): string[] {
  return check.inTree.flatMap(({ file, keys }) => [
    `${line(file)} lies in what is scanned: it tightens the gate for what lies beside and below it, no more`,
    ...(keys.length === 0 ? ['  it says nothing'] : []),
    ...keys.map(
      ({ key, origin, used, detail }) =>
        `  ${used ? 'used   ' : 'ignored'}  ${line(key)}: ${line(detail)}  [${from(origin)}]`,
    ),
    '',
  ]);
}

function headLine({ file, by }: PolicyCheck): string {
  if (file === null || by === null) return 'No policy was found; the built-in policy applies.';
  return `Policy: ${line(file)}, ${describePolicyOrigin(by)}`;
}

/** The answer of `sentinel policy check` for people. */
export function renderCheck(check: PolicyCheck): string {
  const { effective } = check;
  const lines = [headLine(check), ...check.notes.map(line), ''];
  if (effective !== null) {
    append(lines, [
      'Actions',
      ...scopeLines('everything', effective.everything),
      ...effective.categories.flatMap((scope) => scopeLines(`category ${scope.scope}`, scope)),
      ...effective.rules.flatMap((scope) => scopeLines(`rule ${scope.scope}`, scope)),
      '',
      ...levelLines(effective, check.files),
      ...entryLines(effective),
      ...commentLines(effective),
      ...inTreeLines(check),
    ]);
    if (effective.warnings.length > 0)
      append(lines, ['Warnings', ...effective.warnings.map((text) => `  ${line(text)}`), '']);
  }
  if (check.problems.length > 0)
    append(lines, ['Problems', ...check.problems.map(({ message }) => `  ${line(message)}`), '']);
  lines.push(
    check.valid ? 'VALID' : `INVALID: ${plural(check.problems.length, 'problem')}; a scan ends with exit code 2.`,
  );
  return `${lines.join('\n')}\n`;
}
