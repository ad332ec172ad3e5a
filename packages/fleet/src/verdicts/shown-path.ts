/** How reports name a file of an intake: as the command line names the files of a source. */
export function shownPath(kind: string, address: string, path: string): string {
  if (kind === 'upload') return path;
  return kind === 'https' ? address : `${address}/${path}`;
}
