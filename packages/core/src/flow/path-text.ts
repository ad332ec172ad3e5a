import { PATH_ORIGINS, SHARED_PATH, STORE_SCHEMES } from '../catalogue/lookup.js';
import type { SourceOrigin } from '../model/source-fact.js';

/** What the full name of a callable or of a value says of a path; null where nothing is known of it. */
export function namedOrigin(name: string): SourceOrigin['kind'] | 'arguments' | null {
  return PATH_ORIGINS.find(({ path }) => path.test(name))?.gives ?? null;
}

/** What the text of a path says, or its beginning; `~` and `$` stand for what the environment says. */
export function originOfText(text: string): SourceOrigin['kind'] {
  if (/^[~$]/.test(text)) return 'user';
  const scheme = /^([a-z][a-z\d+.-]{1,20}):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'file') return STORE_SCHEMES.has(scheme) ? 'store' : 'network';
  return SHARED_PATH.test(text) ? 'store' : 'constant';
}
