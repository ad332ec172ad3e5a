/** Sections of an INI file as AWS and boto write them: names in lower case, values as they stand. Linear in the text. */
export function parseIni(text: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const sections = new Map<string, Map<string, string>>();
  let current = new Map<string, string>();
  for (const line of text.split('\n')) {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#') || trimmed.startsWith(';')) continue;
    if (trimmed.startsWith('[')) {
      const end = trimmed.indexOf(']');
      const name = end === -1 ? '' : trimmed.slice(1, end).trim().split(/\s+/).join(' ');
      current = sections.get(name) ?? new Map<string, string>();
      sections.set(name, current);
      continue;
    }
    // What is indented belongs to the setting above it, such as those below `s3 =`.
    if (/^\s/.test(line)) continue;
    const equals = trimmed.indexOf('=');
    if (equals > 0) current.set(trimmed.slice(0, equals).trim().toLowerCase(), trimmed.slice(equals + 1).trim());
  }
  return sections;
}
