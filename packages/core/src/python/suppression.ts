import type { Location } from '../model/fact.js';
import type { SourceComment } from '../model/source-fact.js';
import { MAX_COMMENTS } from './limits.js';
import type { PythonModule } from './module.js';

/** `# sentinel: ignore[RULE, RULE] reason` */
const OURS = /^#+\s*sentinel\s*:\s*ignore\b\s*(?:\[([^\]#]*)\])?[\s:–—-]*([^#]*)/i;
/** What other tools take for a suppression; none of them counts here. */
const OTHERS =
  /#\s*(?:nosec\b|noqa\b|nosemgrep\b|type:\s*ignore|pylint:\s*disable|pragma:\s*no|lgtm\b|codeql\[|NOSONAR\b|ruff:\s*noqa|skipcq\b|pyright:\s*ignore|deepcode\s+ignore|safety:\s*ignore)/i;
const COMMENT_TEXT = 200;

/** What a comment asks for, if it asks a tool to ignore the line. There may be several in one: `# nosec # sentinel: …`. */
function readSuppression(text: string, line: number): SourceComment[] {
  const found: SourceComment[] = [];
  const shown = text.slice(0, COMMENT_TEXT);
  const start = shown.search(/#+\s*sentinel\s*:\s*ignore\b/i);
  if (start >= 0) {
    const match = OURS.exec(shown.slice(start));
    const rules = (match?.[1] ?? '').split(',').map((rule) => rule.trim().toUpperCase());
    found.push({
      line,
      text: shown,
      tool: 'sentinel',
      rules: rules.filter((rule) => rule !== ''),
      reason: (match?.[2] ?? '').trim(),
    });
  }
  if (OTHERS.test(shown)) found.push({ line, text: shown, tool: 'other' });
  return found;
}

/** A comment that asks a tool to look away, by the line that it stands on in the text. */
interface Asked {
  readonly line: number;
  readonly comment: SourceComment;
}

/** The comments of a module that ask a tool to look away, by their lines. */
export class Suppressions {
  readonly #module: PythonModule;
  readonly #locate: (from: number, to: number) => Location;
  #asked: readonly Asked[] | null = null;

  constructor(module: PythonModule, locate: (from: number, to: number) => Location) {
    this.#module = module;
    this.#locate = locate;
  }

  /** On the lines of an expression: the first ones, since nested calls have the lines of all. */
  on(node: { readonly from: number; readonly to: number }): readonly SourceComment[] {
    if (this.#module.comments.length === 0) return [];
    const asked = (this.#asked ??= this.#read());
    if (asked.length === 0) return [];
    const first = firstFrom(asked, this.#module.position(node.from).line);
    const end = firstFrom(asked, this.#module.position(Math.max(node.from, node.to - 1)).line + 1);
    const found = asked.slice(first, Math.min(end, first + MAX_COMMENTS)).map(({ comment }) => comment);
    const last = found.at(-1);
    const left = end - first - found.length;
    if (last !== undefined && left > 0)
      found.push({
        line: last.line,
        text: `… and ${left} more on the lines that follow`,
        tool: 'sentinel',
        rules: [],
        reason: '',
      });
    return found;
  }

  /** In the order of their lines. */
  #read(): readonly Asked[] {
    const found: Asked[] = [];
    const { comments, source } = this.#module;
    for (let i = 0; i < comments.length; i += 2) {
      const from = comments[i] ?? 0;
      const text = source.text.slice(from, comments[i + 1]);
      const asked = readSuppression(text, 0);
      if (asked.length === 0) continue;
      const { line } = this.#module.position(from);
      const shown = this.#locate(from, from).line ?? line;
      for (const comment of asked) found.push({ line, comment: { ...comment, line: shown } });
    }
    return found;
  }
}

/** The first one on a line or behind it. */
function firstFrom(asked: readonly Asked[], line: number): number {
  let low = 0;
  let high = asked.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((asked[middle]?.line ?? line) < line) low = middle + 1;
    else high = middle;
  }
  return low;
}
