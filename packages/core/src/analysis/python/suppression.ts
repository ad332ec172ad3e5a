import type { SourceComment } from '../../model/source-fact.js';

/** `# sentinel: ignore[RULE, RULE] reason` */
const OURS = /^#+\s*sentinel\s*:\s*ignore\b\s*(?:\[([^\]#]*)\])?[\s:–—-]*([^#]*)/i;
/** What other tools take for a suppression; none of them counts here. */
const OTHERS =
  /#\s*(?:nosec\b|noqa\b|nosemgrep\b|type:\s*ignore|pylint:\s*disable|pragma:\s*no|lgtm\b|codeql\[|NOSONAR\b|ruff:\s*noqa|skipcq\b|pyright:\s*ignore|deepcode\s+ignore|safety:\s*ignore)/i;
const LONGEST = 200;

/** What a comment asks for, where it asks a tool to look away. Several may stand in one: `# nosec # sentinel: …`. */
export function readSuppression(text: string, line: number): SourceComment[] {
  const found: SourceComment[] = [];
  const shown = text.slice(0, LONGEST);
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
