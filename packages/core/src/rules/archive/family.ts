/** What the ARCHIVE rules have in common. */
export const RETEST = 'sentinel artifact {path} --rule ARCHIVE';

export const EXPECTED_EVIDENCE =
  'The archive and the entry in it, the byte offset of the record that shows it, the stable code of the problem, the ' +
  'rule and its severity, the owner, and the retest command that has to come back clean before the finding is closed.';
