import { RULES } from '@artifact-sentinel/core';
import { describe, expect, test } from 'vitest';
import { DANGEROUS, fixture, reportOf, UNKNOWN } from '../../test/report-kit.js';
import { cardOf } from './finding-card.js';

async function cardsOf(path: string, bytes: Uint8Array) {
  const { findings } = await reportOf({ [path]: bytes });
  return findings.map((finding) => ({
    finding,
    card: cardOf(finding, RULES.find(({ meta }) => meta.id === finding.ruleId)?.meta),
  }));
}

describe('the card of a finding', () => {
  test('says what it means, what to do, who answers, and how to check again', async () => {
    const [first] = await cardsOf('a.pkl', DANGEROUS);
    expect(first?.card.message).toContain('os.system');
    expect(first?.card.fix).toMatch(/\w/);
    const facts = new Map(first?.card.facts.map(({ name, value }) => [name, value]));
    expect(facts.get('Where')).toBe('a.pkl @0');
    expect(facts.get('Action')).toBe('fails this run');
    expect(facts.get('Owner')).toMatch(/\w/);
    expect(first?.card.retest).toBe('sentinel artifact a.pkl --rule PICKLE-EXEC');
    expect(first?.card.rule.map(({ title }) => title)).toContain('How to fix');
  });

  test('has an allow entry for a name that nobody knows, and none for a dangerous one', async () => {
    const [unknown] = await cardsOf('a.pkl', UNKNOWN);
    expect(unknown?.card.allow).toContain('- entry: vendor.net.Model');
    expect(unknown?.card.allow).toContain('role: maker');
    const [made] = await cardsOf('b.pkl', fixture('samples/models/vendor-forecast.pkl'));
    expect(made?.card.allow).not.toContain('role');
    const [dangerous] = await cardsOf('a.pkl', DANGEROUS);
    expect(dangerous?.card.allow).toBeNull();
  });

  test('has the safe globals that a checkpoint needs, where the rule proposes them', async () => {
    const cards = await cardsOf('m.pt', fixture('honest/torch/module.pt'));
    const load = cards.find(({ finding }) => finding.ruleId === 'TORCH-LOAD-UNTRUSTED');
    expect(load?.card.safeGlobals ?? '').toContain('torch.serialization.add_safe_globals([');
  });

  test('proposes no safe globals where the rule does not', async () => {
    const cards = await cardsOf('m.pt', fixture('samples/models/sentiment-finetuned.pt'));
    expect(cards.map(({ card }) => card.safeGlobals)).toEqual([null, null]);
  });
});
