/**
 * The names that the fields of a format read of their values (`_string.formatter_field_name_split`): `{0.a[b]}` reads `a`
 * and `b`. Empty where fields put values out as they are. Null where that is not known: nested fields, and formats that
 * Python refuses.
 */
export function fieldsOf(format: string): readonly (string | null)[] | null {
  const names: (string | null)[] = [];
  let at = 0;
  while (at < format.length) {
    const char = format[at];
    if (char !== '{' && char !== '}') {
      at += 1;
      continue;
    }
    if (format[at + 1] === char) {
      at += 2;
      continue;
    }
    if (char === '}') return null;
    const end = format.indexOf('}', at);
    const field = end < 0 ? null : format.slice(at + 1, end);
    if (field === null || field.includes('{')) return null;
    const name = field.split(/[!:]/, 1)[0] ?? '';
    const parts = name.split(/[.[\]]/).slice(1);
    for (const part of parts) if (part !== '') names.push(part);
    at = end + 1;
  }
  return names;
}
