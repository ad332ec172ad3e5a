import { MAX_GLOB_LENGTH } from '../model/limits.js';

/** Why a glob is refused, or null. An ambiguous one is refused: a pattern that never matches guards nothing. */
export function refuseGlob(given: string): string | null {
  const glob = given.startsWith('!') ? given.slice(1) : given;
  if (glob === '') return 'it is empty';
  if (given.length > MAX_GLOB_LENGTH) return `it has more than ${MAX_GLOB_LENGTH} characters`;
  if (glob.includes('\\')) return 'folders are separated by /';
  const special = /[[\]{}()]/.exec(glob)?.[0];
  if (special !== undefined)
    return `"${special}" is not supported; only *, ** and ? are special, and ? stands for any one character`;
  if (glob.endsWith('/')) return `it ends in /; write "${given}**" for all that lies below`;
  const segments = glob.replace(/^(?:\/|(?:\.\.\/)+)/, '').split('/');
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..'))
    return 'it holds an empty name, "." or a ".." behind its beginning; write the path from the folder of the policy';
  if (segments.some((segment) => segment.includes('**') && segment !== '**'))
    return '** stands alone between slashes: "a/**/b"';
  return null;
}
