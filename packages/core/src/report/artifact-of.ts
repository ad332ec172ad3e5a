/** The artifact that a path names or lies in: `!` separates members from it, and may also be a part of its own name. */
export function artifactOf(path: string, artifacts: ReadonlySet<string>): string | null {
  if (artifacts.has(path)) return path;
  for (let at = path.indexOf('!'); at >= 0; at = path.indexOf('!', at + 1)) {
    const outer = path.slice(0, at);
    if (artifacts.has(outer)) return outer;
  }
  return null;
}
