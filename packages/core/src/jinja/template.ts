import {
  MAX_TEMPLATE_DEPTH,
  MAX_TEMPLATE_LENGTH,
  MAX_TEMPLATE_NESTING,
  MAX_TEMPLATE_TOKENS,
  MAX_TEMPLATE_USES,
} from '../model/limits.js';
import { TemplateError } from './errors.js';
import { judge, type FoundUse } from './judge.js';
import type { Statement } from './nodes.js';
import { parseTemplate } from './parse.js';
import { templateText, type TemplateText } from './text.js';
import { tokenize, type LexerOptions } from './tokens.js';
import type { TemplateProblem, TemplateReport, TemplateUse } from '../model/template.js';

/** As transformers, vLLM and llama-cpp-python set them. */
const CHAT: LexerOptions = { trimBlocks: true, lstripBlocks: true };

const LIMITS = { nesting: MAX_TEMPLATE_NESTING, depth: MAX_TEMPLATE_DEPTH };

/** What a chat template would do beyond putting messages out, if it is rendered without a sandbox. Nothing is thrown. */
export function templateUses(given: string): TemplateReport {
  if (given.length > MAX_TEMPLATE_LENGTH) {
    const message = `a template of more than ${MAX_TEMPLATE_LENGTH} characters`;
    return { uses: [], moreUses: 0, problem: { message, limit: true, offset: 0, line: 1 } };
  }
  const source = templateText(given);
  const parsed = readTemplate(source);
  if (parsed instanceof TemplateError) return { uses: [], moreUses: 0, problem: problemOf(parsed, source) };
  const found = new Map<string, TemplateUse>();
  let moreUses = 0;
  judge(parsed, (use) => {
    const key = `${use.kind} ${use.from} ${use.name}`;
    if (found.has(key)) return;
    if (found.size < MAX_TEMPLATE_USES) found.set(key, useOf(use, source));
    else moreUses += 1;
  });
  return { uses: [...found.values()].toSorted((a, b) => a.offset - b.offset), moreUses, problem: null };
}

/** The syntax tree, or why there is none. */
export function readTemplate(source: TemplateText, options: LexerOptions = CHAT): readonly Statement[] | TemplateError {
  try {
    return parseTemplate(tokenize(source.text, options, MAX_TEMPLATE_TOKENS), LIMITS);
  } catch (error) {
    if (error instanceof TemplateError) return error;
    throw error;
  }
}

function problemOf({ message, at, limit }: TemplateError, source: TemplateText): TemplateProblem {
  return { message, limit, ...source.position(at) };
}

function useOf({ kind, name, certainty, from }: FoundUse, source: TemplateText): TemplateUse {
  return { kind, name, certainty, ...source.position(from) };
}
