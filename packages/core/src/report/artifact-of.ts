/** The artifact that a path is of or lies in: members are told from it by `!`, which may stand in its own name too. */
export function artifactOf(path: string, artifacts: ReadonlySet<string>): string | null {
  if (artifacts.has(path)) return path;
  for (let at = path.indexOf('!'); at >= 0; at = path.indexOf('!', at + 1)) {
    const outer = path.slice(0, at);
    if (artifacts.has(outer)) return outer;
  }
  return null;
}
