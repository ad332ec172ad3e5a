import type { Token } from './tokens.js';

/** What is read of the text between `trans` and `endtrans`. */
export interface TransBody {
  readonly singular: string;
  readonly plural: string | null;
  readonly referenced: readonly string[];
  /** The name that `pluralize` gives, or the first one of the text; null where there is none. */
  readonly count: string | null;
}

interface Stream {
  current(): Token;
  next(): Token;
  expect(type: Token['type']): Token;
  fail(message: string, at?: number): never;
}

/** `InternationalizationExtension.parse` behind the head of the tag. `variables`: names that the head has. */
export function transBody(stream: Stream, variables: ReadonlySet<string>): TransBody {
  const first = transText(stream, true);
  const referenced = [...first.names];
  let count = variables.size === 0 ? (first.names[0] ?? null) : null;
  let plural: string | null = null;
  if (stream.next().value === 'pluralize') {
    if (stream.current().type !== 'block_end') {
      const { value, from } = stream.expect('name');
      if (!variables.has(value)) stream.fail(`unknown variable '${value}' for pluralization`, from);
      count = value;
    }
    stream.expect('block_end');
    const second = transText(stream, false);
    stream.next();
    plural = second.text;
    for (const name of second.names) referenced.push(name);
  }
  return { singular: first.text, plural, referenced, count };
}

/** Up to the name of the tag that ends it, which becomes current. */
function transText(
  stream: Stream,
  mayPluralize: boolean,
): { readonly text: string; readonly names: readonly string[] } {
  const parts: string[] = [];
  const names: string[] = [];
  for (;;) {
    const { type, value, from } = stream.current();
    if (type === 'eof') return stream.fail('unclosed translation block');
    stream.next();
    if (type === 'data') parts.push(value.replaceAll('%', '%%'));
    else if (type === 'variable_begin') {
      const name = stream.expect('name').value;
      names.push(name);
      parts.push(`%(${name})s`);
      stream.expect('variable_end');
    } else {
      const tag = stream.current();
      if (tag.type === 'name' && tag.value === 'endtrans') return { text: parts.join(''), names };
      if (tag.type === 'name' && tag.value === 'pluralize' && mayPluralize) return { text: parts.join(''), names };
      return stream.fail('control structures in translatable sections are not allowed', from);
    }
  }
}
