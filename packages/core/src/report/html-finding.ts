import { atlasName, atlasPage } from '../model/atlas.js';
import type { Finding } from '../model/report.js';
import type { RuleMeta } from '../model/rule.js';
import { showCommand, showLine } from './escape.js';
import { code, element, joined, link, pairs, words, type Child, type Markup } from './html-element.js';
import { recordFields, triageOf } from './rule-page.js';
import {
  describeAction,
  describeComments,
  describeCover,
  describeReach,
  describeState,
  showLocation,
} from './words.js';

/** Severities and levels have a word besides their colour. */
export function badge(severity: Finding['severity']): Markup {
  return element('span', { class: `badge ${severity.toLowerCase()}` }, [severity]);
}

function weakness(id: string): Child {
  return /^CWE-\d+$/.test(id)
    ? link(`https://cwe.mitre.org/data/definitions/${id.slice('CWE-'.length)}.html`, id)
    : words(showLine(id));
}

/** A technique of MITRE ATLAS with its name, where this version knows it. */
function technique(id: string): Child[] {
  const name = atlasName(id);
  return name === null ? [words(showLine(id))] : [link(atlasPage(id), id), ` ${name}`];
}

export function weaknessesOf({ cwe, owaspLlm, atlas }: Pick<Finding, 'cwe' | 'owaspLlm' | 'atlas'>): Child[] {
  return joined(
    [
      ...[...cwe, ...owaspLlm].map((id) => element('span', {}, [weakness(id)])),
      ...atlas.map((id) => element('span', {}, technique(id))),
    ],
    ', ',
  );
}

/** The steps of the bytes, in their order. */
function flowOf({ flow = [] }: Finding): [string, Child[]][] {
  if (flow.length === 0) return [];
  const steps = flow.map(({ at, text, code: source }) =>
    element('li', {}, [code(showLocation(at)), ' ', words(showLine(text)), ': ', code(showLine(source))]),
  );
  return [['Steps', [element('ol', {}, steps)]]];
}

/** A finding, folded: its severity, title and evidence stay in sight. */
export function findingOf(finding: Finding, isOpen: boolean, isRuleShown: boolean): Markup {
  const { evidence, location, safety, accepted } = finding;
  const state = describeState(finding);
  const reach = describeReach(finding);
  const rule = isRuleShown
    ? element('a', { href: `#${finding.ruleId}` }, [finding.ruleId])
    : element('span', {}, [finding.ruleId]);
  return element('details', isOpen ? { open: '' } : {}, [
    element('summary', {}, [
      badge(finding.severity),
      ' ',
      words(showLine(finding.title)),
      ': ',
      code(showLine(evidence.call ?? evidence.signal)),
      ...(accepted === null ? [] : [' ', element('span', { class: 'soft' }, ['(accepted)'])]),
      ...(finding.baseline === null ? [] : [' ', element('span', { class: 'soft' }, [`(${finding.baseline.state})`])]),
    ]),
    pairs([
      ['What', [words(showLine(finding.message))]],
      ['Where', [code(showLocation(location))]],
      ['Signal', [code(showLine(evidence.signal))]],
      ...(evidence.call === null ? [] : [['Call', [code(showLine(evidence.call))]] as const]),
      ...flowOf(finding),
      ['Rule', [rule]],
      ['Level', [`${safety.name} (${safety.level})`]],
      ['Weakness', weaknessesOf(finding)],
      ['Owner', [words(showLine(finding.owner))]],
      ['Decision', [words(showLine(finding.decision))]],
      ...(reach === null ? [] : [['Reach', [words(reach)]] as const]),
      ['Action', [words(showLine(describeAction(finding)))]],
      ...describeComments(finding).map((text) => ['Comment', [words(showLine(text))]] as const),
      ...(state === null ? [] : [['Baseline', [state]] as const]),
      ['Fix', [words(showLine(finding.fix))]],
      ['Retest', [code(showCommand(finding.retest))]],
      ['Fingerprint', [code(finding.fingerprint), describeCover(finding)]],
    ]),
  ]);
}

/** Backquotes of a rule's record are code. */
function prose(text: string): Child[] {
  return text.split('`').map((part, at) => (at % 2 === 1 ? code(part) : part));
}

/** The record of a rule, once for all its findings. */
export function ruleOf(meta: RuleMeta): Markup {
  const fields = recordFields(meta).filter(([name]) =>
    ['Category', 'Owner', 'Release decision', 'FP risk'].includes(name),
  );
  return element('section', {}, [
    element('h3', { id: meta.id }, [`${meta.id}: ${meta.title}`]),
    element('p', {}, prose(meta.description)),
    pairs([
      ['Why it matters', prose(meta.why)],
      ['Weakness', weaknessesOf(meta)],
      ...fields.map(([name, value]): [string, Child[]] => [name, [value]]),
      ...triageOf(meta).map(([name, text]): [string, Child[]] => [`Triage: ${name.toLowerCase()}`, prose(text)]),
      ['How to fix', prose(meta.fix)],
      ['When it is wrong', prose(meta.falsePositives)],
    ]),
  ]);
}
