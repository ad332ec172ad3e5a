import type { ByteSource } from '../../bytes/source.js';
import { MAX_GGUF_PADDING, MAX_GGUF_TEMPLATES } from '../../model/limits.js';
import type { Fact } from '../../model/fact.js';
import { isUnread } from '../../model/origin.js';
import type { Member } from '../members/container.js';
import { byMarks, type FormatModule } from '../members/format.js';
import { noticeOf, restOf, type Found, type Look } from '../members/look.js';
import type { GgufTemplate } from './header.js';

const OPAQUE =
  'Tensors and settings; a chat template in it is run by template engines, and judged. The tensors are not analysed.';

const sizeOf = ({ size }: ByteSource): number | null => (Number.isFinite(size) ? size : null);

/** Bytes that are asked for at once: the settings of a model without its vocabulary lie in them. */
const HEAD = 256 * 1024;

export const gguf: FormatModule = {
  title: 'GGUF',
  ...byMarks([[0x47, 0x47, 0x55, 0x46]]),
  promises: [['gguf', 'a GGUF model']],
  ranges: (_, size) => [{ start: 0, end: Math.min(size, HEAD) }],
  async *open(member, look) {
    const { source, path } = member;
    // A template without a finding says nothing of its safety.
    if (!isUnread(member.origin))
      yield { kind: 'opaque', opaque: { path, format: 'gguf', size: sizeOf(source), reason: OPAQUE } };
    const { readGguf } = await import('./header.js');
    const { templates, skipped, data, end } = await readGguf(source, look.budget);
    const { ledger } = look.budget;
    let at = 0;
    for (const range of skipped) {
      ledger.claim(source, at, range.start, 'parsed');
      ledger.claim(source, range.start, range.end, 'array-data');
      at = range.end;
    }
    ledger.claim(source, at, Math.min(data, source.size), 'parsed');
    ledger.claim(source, data, end ?? source.size, 'tensor-storage');
    let isHostile = false;
    for (const template of templates.slice(0, MAX_GGUF_TEMPLATES))
      for await (const found of judged(template, member, look)) {
        isHostile ||= found.kind === 'fact' && leadsInside(found.fact);
        yield found;
      }
    if (isHostile && look.repositories)
      yield { kind: 'repository', file: { path, marker: 'gguf', facts: [], names: [], hasHostileTemplate: true } };
    if (templates.length > MAX_GGUF_TEMPLATES)
      yield noticeOf(path, null, 'limit', `more than ${MAX_GGUF_TEMPLATES} chat templates`);
    if (end !== null && end < source.size) yield* behind(member, end, look);
  },
};

function leadsInside(fact: Fact): boolean {
  return fact.kind === 'template.chat' && fact.report.uses.some(({ kind }) => kind === 'internal-attribute');
}

/** Who renders a template that Jinja2 refuses: its own parser and values that are no objects of Python. */
const REFUSED =
  'Jinja2 refuses it, and so do the loaders that render with it (llama-cpp-python, transformers); llama.cpp has a parser of its ' +
  'own, which takes some of what Jinja2 refuses, and no objects of Python that a template could reach';

async function* judged({ key, offset, bytes }: GgufTemplate, member: Member, look: Look): AsyncGenerator<Found> {
  const { templateUses } = await import('../../jinja/template.js');
  const report = templateUses(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
  const { problem } = report;
  if (problem !== null)
    yield noticeOf(
      member.path,
      offset,
      problem.limit ? 'limit' : 'corrupt',
      `the chat template ${key} cannot be read at its line ${problem.line}: ${problem.message}${problem.limit ? '' : `. ${REFUSED}`}`,
    );
  const identity = look.budget.identifies
    ? { identity: { of: 'bytes', digest: look.budget.platform.sha256(bytes) } as const }
    : {};
  yield {
    kind: 'fact',
    fact: { kind: 'template.chat', at: { path: member.path, offset, line: null }, key, report, ...identity },
  };
}

/** Tensors end at a multiple of the alignment, filled up with zeros; anything else is looked at. */
async function* behind(member: Member, end: number, look: Look): AsyncGenerator<Found> {
  const { source } = member;
  const bytes = await source.read(end, Math.min(MAX_GGUF_PADDING, source.size - end));
  if (bytes.length === source.size - end && bytes.every((byte) => byte === 0)) {
    look.budget.ledger.claim(source, end, source.size, 'padding');
    return;
  }
  yield* look.inspect(restOf(member, end));
}
