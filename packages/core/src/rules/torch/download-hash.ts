import type { SourceCallFact } from '../../model/source-fact.js';
import { isAlways, passed } from './source-call.js';

/*
 * What `torch.hub.load_state_dict_from_url(..., check_hash=True)` compares (torch/hub.py, 2.13.0): the digits that
 * HASH_REGEX finds in the file name are the first ones of the SHA-256 of what is downloaded. A name without digits is
 * compared with nothing, and a file that lies in the cache folder already is not compared.
 */

/** `filename-<sha256>.ext`, as torch/hub.py's HASH_REGEX. */
const HASH = /-([a-f0-9]*)\./;
const SHA256_DIGITS = 64;

/** `none`: nothing is compared. `unknown`: the name is no constant. `part`: some digits. `whole`: all of the SHA-256. */
export type DownloadHash =
  | { readonly checks: 'not-asked' | 'none' | 'unknown' | 'whole' }
  | { readonly checks: 'part'; readonly digits: number };

/** Of several names that a call may have, the one of which least is compared. */
export function downloadHash(fact: SourceCallFact): DownloadHash {
  if (!isAlways(passed(fact, 'check_hash', 4), true)) return { checks: 'not-asked' };
  const names = fileNames(fact);
  if (names === null) return { checks: 'unknown' };
  const digits = names.reduce((least, name) => Math.min(least, HASH.exec(name)?.[1]?.length ?? 0), SHA256_DIGITS);
  if (digits === 0) return { checks: 'none' };
  return digits < SHA256_DIGITS ? { checks: 'part', digits } : { checks: 'whole' };
}

/** What the file may be called; null where that is not known. */
function fileNames(fact: SourceCallFact): readonly string[] | null {
  const given = texts(fact, 'file_name', 5);
  if (given !== undefined) return given;
  return texts(fact, 'url', 0)?.map(baseName) ?? null;
}

/** The constants that are passed; null where something else may be; undefined where nothing is. */
function texts(fact: SourceCallFact, name: string, position: number): readonly string[] | null | undefined {
  const values = passed(fact, name, position);
  if (values.length === 0) return fact.open ? null : undefined;
  if (!values.every((value) => value.complete && value.values.length > 0)) return null;
  const constants = values.flatMap((value) => value.values);
  // None is the default of `file_name`.
  if (constants.every(({ kind }) => kind === 'none')) return undefined;
  const found = constants.flatMap((one) => (one.kind === 'str' ? one.value : []));
  return found.length === constants.length ? found : null;
}

/** `os.path.basename(urlparse(url).path)` */
function baseName(url: string): string {
  const [beforeFragment = ''] = url.split('#', 1);
  const [beforeQuery = ''] = beforeFragment.split('?', 1);
  const path = beforeQuery.replace(/^(?:[A-Za-z][A-Za-z0-9+.-]*:)?\/\/[^/]*/, '');
  const name = path.slice(path.lastIndexOf('/') + 1);
  // Parameters of the last segment are no part of the path.
  return name.split(';', 1)[0] ?? '';
}
