import { SHOWN_REPOSITORIES } from '../model/limits.js';
import type { Report, RepositoryReport } from '../model/report.js';

type Load = RepositoryReport['loads'][number];

/** `modeling_x.py, evil/repo`: names in the repository without its folder. */
function codeOf(root: string, code: readonly string[]): string {
  return code.map((name) => (root !== '' && name.startsWith(root) ? name.slice(root.length) : name)).join(', ');
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

/** Loaders that do the same, with their versions. */
function group(loads: readonly Load[], root: string): string[] {
  const groups = new Map<string, string[]>();
  for (const { loader, versions, reference, runs, code } of loads) {
    const what =
      runs === 'nothing'
        ? 'nothing'
        : `code in ${codeOf(root, code)} ${runs === 'at-once' ? 'at once' : '(needs trust_remote_code)'}`;
    const name = `${loader} ${versions}${reference === null ? '' : ` (${reference})`}`;
    const known = groups.get(what);
    if (known === undefined) groups.set(what, [name]);
    else known.push(name);
  }
  return [...groups].map(([what, names]) => `${listed(names)}: ${what}`);
}

function shownRoot({ path }: RepositoryReport): string {
  return path === '' ? '.' : path.replace(/[/\\!]$/, '');
}

/** The answer for one repository: what the loaders with default settings run, then the versions with a known fault. */
export function describeRepository(repository: RepositoryReport): string {
  const { kinds, loads, path } = repository;
  const current = loads.filter(({ reference }) => reference === null);
  const faulty = loads.filter(({ reference }) => reference !== null);
  const head = `${shownRoot(repository)} (${kinds.join(', ')})`;
  if (loads.every(({ runs }) => runs === 'nothing'))
    return `${head}: loading it with default settings runs nothing of it, with ${listed(current.map(({ loader, versions }) => `${loader} ${versions}`))}.`;
  const parts = [`loading it with default settings runs: ${group(current, path).join('; ')}.`];
  if (faulty.length > 0) parts.push(`Versions with a known fault: ${group(faulty, path).join('; ')}.`);
  return `${head}: ${parts.join(' ')}`;
}

/** One line for each repository of which something would be run, and one for all others. */
export function describeRepositories({ repositories }: Report): string[] {
  const loud = repositories.filter(({ loads }) => loads.some(({ runs }) => runs !== 'nothing'));
  const silent = repositories.filter(({ loads }) => loads.every(({ runs }) => runs === 'nothing'));
  const lines = loud.slice(0, SHOWN_REPOSITORIES).map(describeRepository);
  if (loud.length > SHOWN_REPOSITORIES)
    lines.push(`${loud.length - SHOWN_REPOSITORIES} more repositories have code that would be run.`);
  const [first] = silent;
  if (first === undefined) return lines;
  if (silent.length === 1) return [...lines, describeRepository(first)];
  return [
    ...lines,
    `${shownRoot(first)} and ${silent.length - 1} more repositories: loading them with default settings runs nothing of them.`,
  ];
}
