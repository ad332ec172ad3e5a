import type { ArtifactLocation } from 'sarif';

const ENCODER = new TextEncoder();
/** RFC 3986, unreserved: everything else of a path segment is percent-encoded, as UTF-8. */
const UNRESERVED = /^[A-Za-z0-9\-._~]$/;

function encodeSegment(segment: string): string {
  let text = '';
  for (const character of segment) {
    if (UNRESERVED.test(character)) text += character;
    else for (const byte of ENCODER.encode(character)) text += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return text;
}

function encodePath(path: string): string {
  return path.split('/').map(encodeSegment).join('/');
}

/**
 * A path relative to `root` where it lies in it, otherwise as it is. Segments are separated by `/`, and by `\` where a
 * drive letter shows that the path is one of Windows.
 */
export function checkoutPath(path: string, root: string | null): string {
  const slashed = /^[A-Za-z]:\\/.test(path) || (root?.includes('\\') ?? false) ? path.replaceAll('\\', '/') : path;
  const base = root === null ? null : `${root.replaceAll('\\', '/').replace(/\/+$/, '')}/`;
  const inside = base !== null && slashed.startsWith(base) ? slashed.slice(base.length) : slashed;
  return inside.replace(/^(?:\.\/+)+/, '');
}

/** Where an artifact lies: relative to the checkout where possible, as code scanning wants it. */
export function artifactLocation(path: string, root: string | null): ArtifactLocation {
  const inside = checkoutPath(path, root);
  const drive = /^([A-Za-z]:)\/(.*)$/s.exec(inside);
  if (drive !== null) return { uri: `file:///${drive[1] ?? ''}/${encodePath(drive[2] ?? '')}` };
  if (inside.startsWith('/')) return { uri: `file://${encodePath(inside)}` };
  return { uri: encodePath(inside), uriBaseId: '%SRCROOT%' };
}
