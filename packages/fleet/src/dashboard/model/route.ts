import type { ArtifactFilter } from '../api/types.js';
import { EMPTY_FILTER } from './filter.js';
import { STATE_ORDER } from './words.js';

export type GroupBy = 'rule' | 'owner' | 'age';

/** What the dashboard shows; it stands in the fragment of the address, so that the server has one page. */
export type Route =
  | { readonly view: 'entered'; readonly filter: ArtifactFilter }
  | { readonly view: 'artifact'; readonly id: string }
  | { readonly view: 'intakes' }
  | { readonly view: 'intake'; readonly id: string }
  | { readonly view: 'findings'; readonly by: GroupBy }
  | { readonly view: 'posture'; readonly days: number }
  | { readonly view: 'waivers' }
  | { readonly view: 'audit'; readonly subject: string; readonly actor: string }
  | { readonly view: 'policy' }
  | { readonly view: 'access' }
  | { readonly view: 'unknown' };

export const PERIODS = [30, 90, 365] as const;

export function routeOf(fragment: string): Route {
  const [path = '', search = ''] = fragment.replace(/^#/, '').split('?', 2);
  const query = new URLSearchParams(search);
  const word = (name: string): string => query.get(name) ?? '';
  const [view = '', id = '', more] = path.split('/').filter((part) => part !== '');
  if (more !== undefined) return { view: 'unknown' };
  if (view === '') return { view: 'entered', filter: filterOf(word) };
  if (view === 'artifacts' && id !== '') return { view: 'artifact', id: decoded(id) };
  if (view === 'intakes') return id === '' ? { view: 'intakes' } : { view: 'intake', id: decoded(id) };
  if (id !== '') return { view: 'unknown' };
  switch (view) {
    case 'findings':
      return { view, by: word('by') === 'owner' ? 'owner' : word('by') === 'age' ? 'age' : 'rule' };
    case 'posture':
      return { view, days: PERIODS.find((days) => String(days) === word('days')) ?? PERIODS[0] };
    case 'audit':
      return { view, subject: word('subject'), actor: word('actor') };
    case 'waivers':
    case 'policy':
    case 'access':
      return { view };
    default:
      return { view: 'unknown' };
  }
}

export function enteredHref(filter: Partial<ArtifactFilter>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...EMPTY_FILTER, ...filter })) if (value !== '') query.set(name, value);
  return query.size === 0 ? '#/' : `#/?${query.toString()}`;
}

export function artifactHref(id: string): string {
  return `#/artifacts/${encodeURIComponent(id)}`;
}

export function intakeHref(id: string): string {
  return `#/intakes/${encodeURIComponent(id)}`;
}

export function auditHref(filter: { readonly subject?: string; readonly actor?: string }): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value !== '') query.set(name, value);
  return query.size === 0 ? '#/audit' : `#/audit?${query.toString()}`;
}

function filterOf(word: (name: string) => string): ArtifactFilter {
  const state = STATE_ORDER.find((one) => one === word('state')) ?? '';
  return { state, rule: word('rule'), owner: word('owner'), q: word('q') };
}

/** An address may have been typed by hand: `%` alone stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return text;
  }
}
