import { DECISIONS } from '../../model/severity.js';
import { defineRule } from '../define-rule.js';
import { matchRow } from '../signal-row.js';
import { OWNER, policyExample } from '../ownership.js';
import { EXPECTED_EVIDENCE, RETEST } from './family.js';
import { entrySignal, PATH_TABLE } from './signals.js';

/** An archive whose unpacking writes outside its folder. */
export default defineRule({
  meta: {
    id: 'ARCHIVE-PATH',
    category: 'ARCHIVE',
    severity: 'HIGH',
    title: 'Archive Entry Escapes Its Folder',
    cwe: ['CWE-22'],
    owaspLlm: ['LLM03'],
    atlas: ['AML.T0010.003', 'AML.T0011.000'],
    fpRisk: 'LOW',
    owner: OWNER,
    decision: DECISIONS.HIGH,
    fixHint: 'Do not unpack this archive. Rebuild it with plain relative entry names.',
    description:
      'An entry of a zip or tar archive has a name, or is a link, that leads out of the folder the archive is ' +
      'unpacked into: `../`, an absolute path, a drive letter, a link to somewhere else, a device.',
    why:
      'Model archives are unpacked by download helpers, serving images and notebooks, often with more rights than ' +
      'the model needs. An entry that lands in a start-up file, a package folder or a key store runs code later, ' +
      'without any pickle.',
    firesWhen:
      'The name or link target of an entry, as either header gives it, leaves the folder once it is resolved, or ' +
      'would do so on Windows.',
    evidenceFormat: 'Entry name or link target that resolves outside the extraction folder, with its header offset.',
    expectedEvidence: EXPECTED_EVIDENCE,
    falsePositives: 'Rare: no save call of the supported libraries writes such names.',
    triage: {
      source: 'Which tool packed the archive, and has it been unpacked anywhere yet?',
      impact: 'Files outside the target folder may have been written or replaced: check the paths in the evidence.',
      control: 'Unpack only with a tool that refuses such entries, as a user that owns nothing else.',
      evidence: 'No entry of the rebuilt archive leads out of its folder, and the same rule category runs clean.',
    },
    fix:
      'Ask for an archive with relative names and without links, or take the members that you need out one by one ' +
      'by content. Do not rename entries in place and ship the same archive on.',
    retest: RETEST,
    policyExample: policyExample('ARCHIVE-PATH'),
    bad: `import tarfile
with tarfile.open("model.tar.gz") as archive:
    archive.extractall("models/")`,
    good: `import tarfile
with tarfile.open("model.tar.gz") as archive:
    archive.extractall("models/", filter="data")`,
    artifacts: {
      bad: `import zipfile
with zipfile.ZipFile("model.zip", "w") as archive:
    archive.writestr("../start.sh", "true")`,
      good: `import zipfile
with zipfile.ZipFile("model.zip", "w") as archive:
    archive.writestr("model/config.json", "{}")`,
    },
    related: ['ARCHIVE-AMBIGUOUS', 'ARCHIVE-BOMB'],
  },
  on: ['archive.path'],
  check(fact) {
    return matchRow(PATH_TABLE[fact.problem], {
      signal: entrySignal(fact.problem, fact.entry),
      detail: fact.detail,
    });
  },
});
