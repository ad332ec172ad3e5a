/** What the three ARCHIVE rules have in common. */
export const OWNER = 'AI/ML platform or model release owner';
export const RETEST = 'sentinel artifact {path} --rule ARCHIVE';

export const EXPECTED_EVIDENCE =
  'The archive and the entry in it, the byte offset of the record that shows it, the stable code of the problem, the ' +
  'rule and its severity, the owner, and the retest command that has to come back clean before the finding is closed.';

/** The example of a policy for one rule, as written in a sentinel-policy.yml. */
export function policyExample(id: string): string {
  return `rules:
  ${id}:
    owner: "${OWNER}"
    fail_on: ["CRITICAL", "HIGH"]
    retest: "sentinel artifact ./models/ --rule ARCHIVE"`;
}
