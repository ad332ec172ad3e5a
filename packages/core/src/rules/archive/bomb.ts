import { DECISIONS } from '../../model/severity.js';
import { defineRule } from '../define-rule.js';
import { matchRow } from '../signal-row.js';
import { OWNER, policyExample } from '../ownership.js';
import { EXPECTED_EVIDENCE, RETEST } from './family.js';
import { BOMB_TABLE } from './signals.js';

/** An archive built to exhaust the program that opens it. */
export default defineRule({
  meta: {
    id: 'ARCHIVE-BOMB',
    category: 'ARCHIVE',
    severity: 'HIGH',
    title: 'Archive Built To Exhaust Its Reader',
    cwe: ['CWE-409'],
    owaspLlm: ['LLM03'],
    atlas: ['AML.T0010.003', 'AML.T0029'],
    fpRisk: 'LOW',
    owner: OWNER,
    decision: DECISIONS.HIGH,
    fixHint: 'Do not unpack this archive. Ask for the plain files or a normal archive.',
    description:
      'The archive is made so that opening it costs far more than it weighs: entries that share their bytes, data ' +
      'that unpack without end, archives in archives, sizes that cannot be true.',
    why:
      'A loader, an intake queue or a scanner that unpacks it runs out of memory, disk or time, and takes its ' +
      'neighbours along. Bytes that a reader gives up on can also hide something.',
    firesWhen:
      'Entries overlap, the ratio of unpacked to packed bytes exceeds what honest data reach, or nesting, the number ' +
      'of entries or a declared size goes beyond what any supported writer produces.',
    evidenceFormat:
      'Overlapping entry ranges, expansion ratio, nesting depth, entry count or declared size, with offset.',
    expectedEvidence: EXPECTED_EVIDENCE,
    falsePositives:
      'Rare: tensors full of zeros compress well, but no save call writes overlapping entries or dozens of nested ' +
      'archives.',
    triage: {
      source: 'Who made the archive, and does anything in the pipeline unpack it on arrival?',
      impact: 'Resource consumption: check the machines that opened it for full disks and killed processes.',
      control: 'Limits on memory, time, depth and output for every step that unpacks; refusal at intake.',
      evidence: 'The replaced artifact opens within the limits and the same rule category runs clean.',
    },
    fix: 'Have the artifact delivered as plain files or packed again by an ordinary tool, without nesting.',
    retest: RETEST,
    policyExample: policyExample('ARCHIVE-BOMB'),
    bad: `import zipfile
with zipfile.ZipFile("model.zip") as archive:
    archive.extractall("models/")`,
    good: `import zipfile
with zipfile.ZipFile("model.zip") as archive:
    if sum(entry.file_size for entry in archive.infolist()) > LIMIT:
        raise ValueError("refused: unpacks to more than LIMIT bytes")`,
    artifacts: {
      bad: `import io, zipfile
data = b"{}"
for _ in range(20):
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("inner.zip", data)
    data = outer.getvalue()
with open("model.zip", "wb") as file:
    file.write(data)`,
      good: `import zipfile
with zipfile.ZipFile("model.zip", "w") as archive:
    archive.writestr("config.json", "{}")`,
    },
    related: ['ARCHIVE-AMBIGUOUS', 'ARCHIVE-PATH'],
  },
  on: ['archive.bomb'],
  check(fact) {
    return matchRow(BOMB_TABLE[fact.problem], { signal: fact.problem, detail: fact.detail });
  },
});
