import { escapeText } from '../model/escape.js';
import { palette, type Palette } from '../report/palette.js';
import { plural } from '../report/words.js';
import { wrap } from '../report/wrap.js';
import type { CheckVerdict, EntryCheck } from './check.js';
import type { SourceReview } from './review.js';
import { append } from '../model/append.js';

const HEADLINES: Readonly<Record<CheckVerdict, string>> = {
  refused: 'refused',
  unneeded: 'not needed',
  accepted: 'accepted as an entry; its author vouches for it',
  clear: 'nothing in its source speaks against it',
  review: 'to be reviewed',
};

/** What is known of entries, for a terminal. */
export function renderAllowCheck(checks: readonly EntryCheck[], color: boolean): string {
  const paint = palette(color);
  return `${checks.map((check) => one(check, paint).join('\n')).join('\n\n')}\n`;
}

function one({ entry, verdict, reason, listed, hazard, verify, source }: EntryCheck, paint: Palette): string[] {
  const headline = HEADLINES[verdict];
  const isGood = verdict === 'unneeded' || verdict === 'clear';
  const painted = verdict === 'refused' ? paint.bad(headline) : isGood ? paint.good(headline) : paint.warn(headline);
  const lines = [
    `${paint.bold(escapeText(entry === '' ? "''" : entry))}: ${painted}`,
    ...wrap(escapeText(reason), '  '),
  ];
  if (listed !== null) lines.push(field('listed', escapeText(listed), paint));
  if (hazard !== null) lines.push(field('hazard', hazard, paint));
  if (source !== null) append(lines, sourceLines(source, paint));
  if (verify.length === 0) return lines;
  lines.push('  Verify before it is written into a policy:');
  for (const { topic, question } of verify) {
    const [first = '', ...rest] = wrap(question, ' '.repeat(16));
    append(lines, [`    ${paint.dim(topic.padEnd(12))}${first.slice(16)}`, ...rest]);
  }
  return lines;
}

function field(name: string, value: string, paint: Palette): string {
  return `  ${paint.dim(name.padEnd(12))}${value}`;
}

function sourceLines(source: SourceReview, paint: Palette): string[] {
  const lines: string[] = [];
  if (source.definition !== null) lines.push(field('defined as', escapeText(source.definition), paint));
  if (source.where !== null)
    lines.push(field('source', escapeText(`${source.where.path}:${source.where.line} (${source.found})`), paint));
  for (const { name, path, line } of source.methods)
    lines.push(field('runs', escapeText(`${name}  ${path}:${line}`), paint));
  if (source.imports.length > 0) lines.push(field('imports', escapeText(source.imports.join(' ')), paint));
  if (source.dangers.length > 0) {
    lines.push(`  ${paint.bad(plural(source.dangers.length, 'call'))} to look at:`);
    for (const { path, line, column, call, callee, hazard, why, via } of source.dangers) {
      lines.push(`    ${escapeText(`${path}:${line}:${column}`)}  ${escapeText(call)}`);
      append(lines, wrap(escapeText(`${callee} (${hazard}), in ${via}. ${why}`), '      '));
    }
  }
  if (source.unseen.length > 0) {
    lines.push(`  ${paint.warn('Not seen')}, and so not judged:`);
    for (const what of source.unseen) append(lines, wrap(escapeText(what), '    '));
  }
  return lines;
}
