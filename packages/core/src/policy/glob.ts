/**
 * The globs of a policy, against paths with forward slashes. `*` is any run of characters within a name, `?` one
 * character, `**` between slashes any number of folders; nothing else is special, and names that begin with a dot are
 * like others. A policy may come with the scanned files, and so do their names: matching takes no more than the product
 * of both lengths, which a regular expression made of the glob would not keep to (CWE-1333).
 */
export function matchesGlob(glob: string, path: string): boolean {
  const names = path.split('/');
  return matchesRun(
    glob.split('/'),
    names,
    (segment) => segment === '**',
    (segment, name) => matchesName(segment, name),
  );
}

function matchesName(pattern: string, name: string): boolean {
  return matchesRun(
    [...pattern],
    [...name],
    (character) => character === '*',
    (wanted, character) => wanted === '?' || wanted === character,
  );
}

/** Wildcards are tried with as little as possible; when the rest does not fit, only the last one has to take more. */
function matchesRun(
  pattern: readonly string[],
  text: readonly string[],
  isWild: (item: string) => boolean,
  fits: (wanted: string, item: string) => boolean,
): boolean {
  let at = 0;
  let index = 0;
  let wildAt = -1;
  let taken = 0;
  while (index < text.length) {
    const wanted = pattern[at];
    const item = text[index] ?? '';
    if (wanted !== undefined && isWild(wanted)) {
      wildAt = at;
      taken = index;
      at += 1;
    } else if (wanted !== undefined && fits(wanted, item)) {
      at += 1;
      index += 1;
    } else if (wildAt >= 0) {
      taken += 1;
      index = taken;
      at = wildAt + 1;
    } else return false;
  }
  while (at < pattern.length && isWild(pattern[at] ?? '')) at += 1;
  return at === pattern.length;
}

/**
 * True where a glob names the artifact and none with `!` takes it out. Globs that begin with a slash are compared with
 * the absolute path, all others with the path from the folder of the policy.
 */
export function matchesAny(globs: readonly string[], relative: string, absolute: string): boolean {
  const matches = (glob: string): boolean => matchesGlob(glob, glob.startsWith('/') ? absolute : relative);
  if (!globs.some((glob) => !glob.startsWith('!') && matches(glob))) return false;
  return !globs.some((glob) => glob.startsWith('!') && matches(glob.slice(1)));
}
