import { DECISIONS } from '../../model/severity.js';
import { defineRule } from '../define-rule.js';
import { matchRow } from '../signal-row.js';
import { OWNER, policyExample } from '../ownership.js';
import { EXPECTED_EVIDENCE, RETEST } from './family.js';
import { AMBIGUOUS_TABLE, entrySignal } from './signals.js';

/** An archive that two readers read differently. */
export default defineRule({
  meta: {
    id: 'ARCHIVE-AMBIGUOUS',
    category: 'ARCHIVE',
    severity: 'HIGH',
    title: 'Archive Readers Disagree',
    cwe: ['CWE-436'],
    owaspLlm: ['LLM03'],
    atlas: ['AML.T0010.003', 'AML.T0074'],
    fpRisk: 'MEDIUM',
    owner: OWNER,
    decision: DECISIONS.HIGH,
    fixHint: 'Reject the archive and have it packed again by the tool that wrote it.',
    description:
      "The archive's own records contradict each other, so that PyTorch, Python's zipfile and other readers see " +
      'different members: names twice, headers that differ, data that no entry claims, several directories.',
    why:
      'A scanner that reads one way and a loader that reads the other is the classic bypass of a gate: the harmless ' +
      'member is checked, the other one is loaded. Sentinel analyses every member that either reader would load, ' +
      'and reports the contradiction itself.',
    firesWhen:
      'Local and central headers, end records, sizes, checksums or names disagree, or bytes of the file belong to no ' +
      'entry.',
    evidenceFormat: 'Pair of archive records that contradict each other, or bytes that no record claims, with offset.',
    expectedEvidence: EXPECTED_EVIDENCE,
    falsePositives:
      'Possible: a damaged download, a self-extracting archive or a careless packing tool. Pack it again; the ' +
      'contradiction is gone when it was an accident.',
    triage: {
      source: 'Which tool wrote the archive, and was it changed or appended to afterwards?',
      impact: 'Compare what each reader would load: the findings inside name every member that any of them sees.',
      control: 'Accept only archives that all readers read alike; pin the hash of the rebuilt one.',
      evidence: 'The rebuilt archive has one directory, one header per entry, and the same rule category runs clean.',
    },
    fix: 'Pack the members again with the writing library, after checking each of them, and publish the new hash.',
    retest: RETEST,
    policyExample: policyExample('ARCHIVE-AMBIGUOUS'),
    bad: `import zipfile
with zipfile.ZipFile("model.pt", "a") as archive:
    archive.writestr("archive/data.pkl", patched)`,
    good: `import torch
torch.save(model.state_dict(), "model.pt")`,
    artifacts: {
      bad: `import zipfile
with zipfile.ZipFile("model.zip", "w") as archive:
    archive.writestr("config.json", '{"layers": 1}')
    archive.writestr("config.json", '{"layers": 2}')`,
      good: `import zipfile
with zipfile.ZipFile("model.zip", "w") as archive:
    archive.writestr("config.json", '{"layers": 1}')`,
    },
    related: ['ARCHIVE-PATH', 'ARCHIVE-BOMB'],
  },
  on: ['archive.ambiguous'],
  check(fact) {
    return matchRow(AMBIGUOUS_TABLE[fact.problem], {
      signal: entrySignal(fact.problem, fact.entry),
      detail: fact.detail,
    });
  },
});
