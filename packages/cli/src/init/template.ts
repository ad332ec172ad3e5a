/** The policy that `sentinel init` writes: what holds without it, spelled out, and the rest as comments. */
export const POLICY_TEMPLATE = `#
# Policy of Sentinel. It is found by walking up from the scanned path, or named with --policy.
# A policy inside the scanned folder can tighten the gate, never loosen it.
# What a rule says outranks what its category says, which outranks what holds for all.

# Severities that fail the run (exit code 1), and severities that ask for a ticket.
fail_on: [CRITICAL, HIGH]
ticket_on: [MEDIUM]

# Findings in source: the most that they ask for, by who decides what their loader gets.
# reach: { constant: ticket, test: note }

# The highest level of the six that an artifact may have:
# strict (LIKELY_SAFE), moderate (POSSIBLY_UNSAFE), permissive (SUSPICIOUS), or a level's name.
max_acceptable_severity: strict

# The command that proves a fix; {path}, {rule} and {options} stand for the artifact, the rule and the options of the run.
# retest: "sentinel artifact {path} --rule PICKLE"

# Single rules.
# rules:
#   PICKLE-EXEC:
#     owner: "AI/ML platform or model release owner"
#     fail_on: ["CRITICAL", "HIGH"]
#     retest: "sentinel artifact ./models/ --rule PICKLE"

# Artifacts with a highest level of their own: globs by the path from the folder of this file.
# * and ? stay within a name, ** is any number of folders, ! takes artifacts out again; the strictest entry counts.
# paths:
#   - match: ["vendor/**"]
#     max_acceptable_severity: moderate
#     why: "not ours to rebuild"

# Globals that you vouch for. Exact module.name only; every entry is a possible attack vector.
# With sha256 an entry counts for that one file only; \`sentinel policy check\` names entries that can go.
# allow:
#   - entry: mylib.model.Net
#     why: "plain nn.Module; reviewed at release 3.1"
#     owner: "ML platform"
#     expires: 2027-06-30

# Risks that somebody accepts for a time. The finding stays in every report; its action becomes note.
# accept:
#   - fingerprint: v2-0123456789abcdef0123456789abcdef
#     owner: "release board"
#     why: "runs in a sandbox without network until the vendor rebuilds it"
#     expires: 2027-01-31

# Comments in scanned source (\`# sentinel: ignore[RULE] why\`) are notes for the reader. Where your team answers for the
# source, they may accept findings: globs by the path from the folder of this file; never inside of archives.
# source_comments:
#   accept: ["src/**", "!src/vendor/**"]

# A further document speaks about one category.
# ---
# category: ARCHIVE
# fail_on: [CRITICAL, HIGH, MEDIUM]
`;
