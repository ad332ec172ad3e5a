/** A JSON text as Python's `json.loads` reads it, or why it cannot be read as that here. */
export type ParsedJson =
  | { readonly value: unknown }
  /** `mayNameClasses`: the text could hold the key "class_name". */
  | { readonly problem: string; readonly mayNameClasses: boolean };

/**
 * Reads UTF-8 (json.loads takes UTF-16 and UTF-32 as well: a problem here). Of equal keys the last one counts, there as
 * here. Numbers that JSON does not have, `NaN`, `Infinity` and `-Infinity`, are read as null.
 */
export function parsePythonJson(bytes: Uint8Array): ParsedJson {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { problem: 'it is no UTF-8', mayNameClasses: true };
  }
  const first = parse(text);
  if ('value' in first) return first;
  const plain = withoutNonFinite(text);
  const second = plain === text ? first : parse(plain);
  if ('value' in second) return second;
  // Any letter can be written as an escape, and UTF-16 has a NUL byte beside each.
  const mayNameClasses = text.includes('class_name') || text.includes('\\u') || text.includes('\0');
  return { problem: second.problem, mayNameClasses };
}

function parse(text: string): { readonly value: unknown } | { readonly problem: string } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    if (error instanceof SyntaxError) return { problem: 'it is no JSON' };
    // Some engines read nested values by recursion.
    if (error instanceof RangeError) return { problem: 'it is nested too deep' };
    throw error;
  }
}

const NON_FINITE = ['-Infinity', 'Infinity', 'NaN'];

/** With null for the numbers that only Python reads. Strings stay as they are. */
function withoutNonFinite(text: string): string {
  const parts: string[] = [];
  let done = 0;
  let at = 0;
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === '"') {
      at = endOfString(text, at + 1);
      continue;
    }
    const word =
      char === '-' || char === 'I' || char === 'N' ? NON_FINITE.find((one) => text.startsWith(one, at)) : undefined;
    if (word === undefined) {
      at += 1;
      continue;
    }
    parts.push(text.slice(done, at), 'null');
    at += word.length;
    done = at;
  }
  parts.push(text.slice(done));
  return parts.join('');
}

/** Behind the quotation mark that ends a string. */
function endOfString(text: string, start: number): number {
  let at = start;
  while (at < text.length && text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1;
  return at + 1;
}
