import { cut, escapeText } from '../../model/escape.js';
import type { RuleMeta } from '../../model/rule.js';

/** What the REPO rules have in common. */
export const RETEST = 'sentinel artifact {path} --rule REPO';

export const WHY =
  'A model repository is more than its weights. Its configurations name Python files and other repositories, its templates are ' +
  'programs, its indexes name the files that are opened, and scripts and programs lie beside them. A loader whose user ' +
  'trusts it, an older loader with a fault, or a person who follows the model card runs them with the rights of the process.';

export const EXPECTED_EVIDENCE =
  'The file in the repository and the line or key in it, what it names and whether that is in the same repository, the signal ' +
  'that was observed, the rule and its severity, the owner, and the retest command over the whole repository that has to come ' +
  'back clean before the finding is closed.';

export const TRIAGE: RuleMeta['triage'] = {
  source: 'Who published the repository, at which commit, and is that commit the one that was reviewed?',
  impact:
    'Which loaders, in which versions and with which arguments, were given the repository, and with which rights?',
  control:
    'Quarantine the repository; load the weights alone, with a library that has the architecture built in; pin the commit.',
  evidence: 'The same rule category runs clean over the whole repository.',
};

const SHOWN = 160;

/** Text of a file, for people. */
export function shown(text: string): string {
  return cut(escapeText(text), SHOWN);
}

/** Python of a page that writes an archive of a repository. */
export function archiveOf(files: Readonly<Record<string, string>>): string {
  const entries = Object.entries(files).map(
    ([name, text]) => `    archive.writestr(zipfile.ZipInfo(${JSON.stringify(name)}), ${text})`,
  );
  return `import json, zipfile

with zipfile.ZipFile("model.zip", "w") as archive:
${entries.join('\n')}`;
}
