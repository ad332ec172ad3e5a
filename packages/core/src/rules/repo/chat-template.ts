import type { ChatTemplateFact, TemplateUse, TemplateUseKind } from '../../model/template.js';
import type { Match } from '../../model/rule.js';
import { DECISIONS } from '../../model/severity.js';
import { defineRule } from '../define-rule.js';
import { OWNER, policyExample } from '../ownership.js';
import { archiveOf, EXPECTED_EVIDENCE, RETEST, shown, TRIAGE, WHY } from './family.js';

/** Uses that the evidence lists. */
const LISTED = 8;

type Risk = 'escape' | 'suspect' | 'odd';

/** What a use is, and how bad: it leads into the interpreter, no honest template needs it, or it is merely unusual. */
const KINDS: Readonly<Record<TemplateUseKind, readonly [risk: Risk | null, words: string]>> = {
  'internal-attribute': ['escape', 'an attribute that leads into the interpreter'],
  'underscore-attribute': ['suspect', 'a private attribute'],
  'computed-attribute': ['suspect', 'an attribute whose name is put together'],
  'format-fields': ['suspect', 'a format with fields, which read attributes'],
  'template-loading': ['suspect', 'another template that is loaded'],
  'application-object': ['suspect', 'an object of an application'],
  'unknown-call': ['odd', 'a call of what no renderer is known to give'],
  'long-rendering': ['odd', 'a loop or a text that may not end'],
  'input-name': [null, 'a key that comes from the data'],
};

function riskOf({ kind, certainty }: TemplateUse): Risk | null {
  const [risk] = KINDS[kind];
  return risk !== null && certainty === 'open' ? 'odd' : risk;
}

function wordsOf({ kind, name }: TemplateUse): string {
  return `${KINDS[kind][1]}${name === null ? '' : ` ${shown(name)}`}`;
}

function stepOf(use: TemplateUse): string {
  return `line ${use.line}: ${wordsOf(use)}`;
}

const ORDER: readonly Risk[] = ['escape', 'suspect', 'odd'];

function check(fact: ChatTemplateFact): Match | undefined {
  const uses = fact.report.uses
    .flatMap((use) => {
      const risk = riskOf(use);
      return risk === null ? [] : [{ use, risk }];
    })
    .toSorted((a, b) => ORDER.indexOf(a.risk) - ORDER.indexOf(b.risk));
  const [worst] = uses;
  if (worst === undefined) return undefined;
  const more = uses.length - LISTED + fact.report.moreUses;
  const chain = [
    ...(fact.key === '' ? [] : [`at ${shown(fact.key)}`]),
    ...uses.slice(0, LISTED).map(({ use }) => stepOf(use)),
    ...(more > 0 ? [`and ${more} more`] : []),
  ];
  const base = { signal: wordsOf(worst.use), call: null, chain };
  const what = `This chat template does more than make text of messages: ${stepOf(worst.use)}.`;
  if (worst.risk === 'escape')
    return {
      ...base,
      message: `${what} A renderer without a sandbox runs code of the author of the template by it.`,
      level: 4,
    };
  if (worst.risk === 'suspect')
    return {
      ...base,
      message: `${what} No template of a model needs it, and a renderer without a sandbox may give more than text by it.`,
      severity: 'HIGH',
      level: 3,
    };
  return { ...base, message: what, severity: 'MEDIUM', level: 0 };
}

/** A chat template that reaches beyond text. */
export default defineRule({
  meta: {
    id: 'REPO-CHAT-TEMPLATE',
    category: 'REPO',
    severity: 'CRITICAL',
    title: 'Chat Template Reaches Beyond Text',
    cwe: ['CWE-1336', 'CWE-94'],
    owaspLlm: ['LLM03'],
    atlas: ['AML.T0010.003', 'AML.T0011.000', 'AML.T0112.001'],
    fpRisk: 'LOW',
    owner: OWNER,
    decision: DECISIONS.CRITICAL,
    fixHint: 'Replace the chat template by one that only makes text, and render templates in a sandbox.',
    description:
      'A chat template is a program in the language of Jinja. This one reaches for attributes that lead into the interpreter, ' +
      'loads other templates, formats with fields, or calls what no renderer of chat templates gives to templates.',
    why: WHY,
    firesWhen:
      'A template in tokenizer_config.json, a processor configuration, chat_template.json, a `.jinja` file of the repository or ' +
      'the metadata of a GGUF file has an expression that names such an attribute, written out or put together, or one of the ' +
      'other uses. Text of the template, such as words about `__class__`, is no use. What leads into the interpreter is ' +
      'CRITICAL, what no template needs is HIGH, what is merely unusual MEDIUM. A template that cannot be read as a whole ' +
      'leaves the file incomplete.',
    evidenceFormat: 'The use and the name that is reached, with the key of the template and the lines in it.',
    expectedEvidence: EXPECTED_EVIDENCE,
    falsePositives:
      'Templates of well known models have none of the first two kinds. An unusual helper that a program of your own gives to ' +
      'its templates is MEDIUM; accept the fingerprint.',
    triage: TRIAGE,
    fix:
      "Take the template of the base model from its publisher. Render templates with jinja2's ImmutableSandboxedEnvironment, as " +
      'Transformers does, and never with a plain Environment (CVE-2024-34359, CVE-2026-5760).',
    retest: RETEST,
    policyExample: policyExample('REPO-CHAT-TEMPLATE'),
    bad: `from jinja2 import Environment

text = Environment().from_string(config["chat_template"]).render(messages=messages)`,
    good: `from jinja2.sandbox import ImmutableSandboxedEnvironment

text = ImmutableSandboxedEnvironment().from_string(config["chat_template"]).render(messages=messages)`,
    artifacts: {
      bad: archiveOf({
        'tokenizer_config.json':
          'json.dumps({"tokenizer_class": "X", "chat_template": "{{ messages.__class__.__mro__[1].__subclasses__() }}"})',
      }),
      good: archiveOf({
        'tokenizer_config.json':
          'json.dumps({"tokenizer_class": "X", "chat_template": "{% for m in messages %}{{ m.content }}{% endfor %}"})',
      }),
    },
    related: ['REPO-REMOTE-CODE'],
  },
  on: ['template.chat'],
  check,
});
