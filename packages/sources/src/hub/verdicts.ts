import { shortText } from '../model/short-text.js';
import { isRecord } from '../model/record.js';
import { MAX_VERDICTS } from '../model/limits.js';
import { SourceError } from '../model/source-error.js';
import type { HubAddress } from './address.js';
import { type HubApi } from './api.js';
import type { ListedFile } from './entries.js';
import { pathsInfo } from './listing.js';

/** Files that the Hub scans and people ask about: what is no plain text or picture. */
const UNINTERESTING = /\.(?:md|txt|json|jsonl|png|jpe?g|gif|svg|webp|gitattributes|gitignore|ya?ml|csv)$/i;
/** Verdicts that say that nothing was found. */
const QUIET = new Set(['safe', 'unscanned']);
/** Files that are named in one note. */
const SHOWN = 20;
const SCANS = /^(.{1,40})Scan$/;

/**
 * The scan verdicts of the Hub as notes. They are evidence: no file is read less because of one, and none is cleared. A
 * verdict that cannot be had is a note as well.
 */
export async function verdictNotes(
  api: HubApi,
  address: HubAddress,
  files: readonly ListedFile[],
  signal: AbortSignal,
): Promise<string[]> {
  const asked = files.filter(({ path }) => !UNINTERESTING.test(path));
  const first = asked.slice(0, MAX_VERDICTS);
  if (first.length === 0) return [];
  try {
    const paths = first.map(({ path }) => path);
    const infos = await pathsInfo(api, address, paths, true, signal);
    const left = asked.length - first.length;
    return [
      ...notesOf(infos),
      ...(left === 0 ? [] : [`The Hub was not asked for its verdicts on ${left} more files.`]),
    ];
  } catch (error) {
    if (!(error instanceof SourceError) || error.code === 'aborted') throw error;
    return [`The Hub's own scan verdicts could not be read: ${error.message}`];
  }
}

function notesOf(infos: readonly unknown[]): string[] {
  const loud: string[] = [];
  const counts = new Map<string, number>();
  for (const info of infos) {
    if (!isRecord(info) || typeof info['path'] !== 'string') continue;
    const status = info['securityFileStatus'];
    if (!isRecord(status) || typeof status['status'] !== 'string') continue;
    const verdict = shortText(status['status']);
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
    if (!QUIET.has(verdict)) loud.push(`${shortText(info['path'])}: ${verdict}${scansOf(status)}`);
  }
  if (counts.size === 0) return [];
  const summary = [...counts].map(([verdict, count]) => `${verdict} ${count}`).join(', ');
  const more = loud.length > SHOWN ? [`${loud.length - SHOWN} more files have such a verdict.`] : [];
  return [
    `The Hub's own scan verdicts (evidence, no clearance): ${summary}.`,
    ...loud.slice(0, SHOWN).map((line) => `The Hub's own verdict on ${line}.`),
    ...more,
  ];
}

/** What its scanners say, each with its version where it gives one. */
function scansOf(status: Readonly<Record<string, unknown>>): string {
  const scans = Object.entries(status).flatMap(([key, value]) => {
    const name = SCANS.exec(key)?.[1];
    if (name === undefined || !isRecord(value) || typeof value['status'] !== 'string') return [];
    const version = typeof value['version'] === 'string' ? ` ${shortText(value['version'])}` : '';
    return [`${shortText(name)}${version} ${shortText(value['status'])}`];
  });
  return scans.length === 0 ? '' : ` (${scans.slice(0, 10).join(', ')})`;
}
