import { append } from '../model/append.js';
import type { CallExpression, Expression } from '../python/syntax.js';
import type { Frame } from './frame.js';

/** Methods that give all of their object, in other letters. */
const WHOLE = /^(?:encode|decode|tobytes|hex|getvalue|getbuffer|format|join)$/;

/** `hashlib.sha256(data).digest()` is as good as the data, where no other data with it can be found. */
const HASHES = /^(?:sha(?:224|256|384|512|3_\d{3})|blake2[bs])$/;
const DIGEST = /^(?:hex)?digest$/;

/** Functions whose result says little of what they are given: other bytes have the same. */
const LITTLE = /^(?:len|hash|id|type|bool|ord|min|max|sum|any|all|next|iter|crc32|adler32)$/;

/** Operators whose result has all of both sides in it. */
const OF_BOTH: ReadonlySet<string> = new Set(['+', '%']);

/**
 * What a code over an expression vouches for: local names, and texts of attributes and items, whose bytes are in it. What
 * may be in it, as in `a or b`, is not there (CWE-353).
 */
export function coveredBy(frame: Frame, node: Expression): readonly string[] {
  const found: string[] = [];
  const waiting: Expression[] = [node];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (!frame.flow.step()) break;
    if (at.kind === 'name') found.push(at.id);
    else if (at.kind === 'attribute') found.push(frame.textOf(at));
    else if (at.kind === 'sequence') append(waiting, at.items);
    else if (at.kind === 'call') append(waiting, partsOfCall(at));
    else if (at.kind === 'operation' && at.operators.every((operator) => OF_BOTH.has(operator)))
      append(waiting, at.operands);
    else if (at.kind === 'string')
      for (const { value, plain } of at.pieces.flatMap(({ fields }) => fields))
        if (value !== null && plain) waiting.push(value);
    if (at.kind !== 'subscript') continue;
    found.push(frame.textOf(at));
    if (isAllButCode(frame, at)) waiting.push(at.object);
  }
  return found;
}

function partsOfCall({ callee, args }: CallExpression): readonly Expression[] {
  const given = args.map(({ value }) => value);
  if (callee.kind === 'attribute') {
    if (WHOLE.test(callee.name) || (DIGEST.test(callee.name) && isHash(callee.object)))
      return [callee.object, ...given];
    return LITTLE.test(callee.name) ? [] : given;
  }
  return callee.kind === 'name' && LITTLE.test(callee.id) ? [] : given;
}

function isHash(node: Expression): boolean {
  if (node.kind !== 'call') return false;
  const { callee } = node;
  return callee.kind === 'attribute' ? HASHES.test(callee.name) : callee.kind === 'name' && HASHES.test(callee.id);
}

/**
 * `data[32:]`, `data[:-32]`: what is left out is taken for the code itself. Of an item, or of as many bytes from the start,
 * a code says nothing of what lies behind them.
 */
function isAllButCode(frame: Frame, { indices }: Expression & { readonly kind: 'subscript' }): boolean {
  const [index, ...others] = indices;
  if (index?.kind !== 'slice' || others.length > 0) return false;
  const text = frame.flow.module.textOf(index).trim();
  if (text.endsWith(':')) return true;
  const end = index.parts.at(-1);
  return end?.kind === 'unary' ? end.operator === '-' : end?.kind === 'operation' && end.operators[0] === '-';
}
