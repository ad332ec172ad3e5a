/** Who owns the findings of the rules that come with Sentinel, unless a policy names somebody. */
export const OWNER = 'AI/ML platform or model release owner';

/** The example of a policy for one rule, as written in a sentinel-policy.yml. `folder`: what its retest scans. */
export function policyExample(id: string, folder = './models/'): string {
  return `rules:
  ${id}:
    owner: "${OWNER}"
    fail_on: ["CRITICAL", "HIGH"]
    retest: "sentinel artifact ${folder} --rule ${id.slice(0, id.indexOf('-'))}"`;
}
