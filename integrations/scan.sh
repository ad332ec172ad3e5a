#!/usr/bin/env bash
# One scan in a pipeline: reports as files, a summary, outputs for later steps. Used by action.yml and gitlab.yml, and
# installed as `sentinel-ci`. Everything comes in through the environment and is handed on as single arguments; nothing is
# evaluated, and what begins with a dash is no option.
#
#   SENTINEL_PATHS                    what to scan, one path in each line (default: .)
#   SENTINEL_RULES                    categories or rules, one in each line (default: all)
#   SENTINEL_POLICY                   policy file (default: found as always)
#   SENTINEL_BASE                     for a pull request: the commit or branch that it is to go into; policy and baseline
#                                     are taken from there (default: what GitHub and GitLab say of a pull or merge request)
#   SENTINEL_TRUST_POLICY             true: the policy of the checkout counts in full although it is scanned; false: it
#                                     only tightens (default: true for a push or a schedule, false for anything else)
#   SENTINEL_MAX_ACCEPTABLE_SEVERITY  highest safety level that passes
#   SENTINEL_BASELINE                 earlier JSON report
#   SENTINEL_FAIL_ON_NEW              true: what the baseline knows fails nothing
#   SENTINEL_REQUIRE_ARTIFACTS        true: exit 2 when nothing supported is found
#   SENTINEL_REPORTS                  folder for report.json, sentinel.sarif, gitlab.json and summary.md (default:
#                                     sentinel-reports)
#   SENTINEL_CLI                      the built command line (default: the one beside this script)
#
# Exit codes are those of `sentinel artifact`: 0 pass, 1 fail, 2 incomplete or bad usage.
set -euo pipefail

# A step's summary may have 1 MiB, an uploaded SARIF file 10 MB as gzip.
readonly SUMMARY_BYTES=900000
readonly SARIF_GZIP_BYTES=10000000

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
cli=${SENTINEL_CLI:-$here/../packages/cli/dist/sentinel.cjs}
reports=${SENTINEL_REPORTS:-sentinel-reports}
base=${SENTINEL_BASE:-${GITHUB_BASE_REF:-${CI_MERGE_REQUEST_TARGET_BRANCH_NAME:-}}}
policy=${SENTINEL_POLICY:-}
baseline=${SENTINEL_BASELINE:-}
# The command line knows the variable as well; here it is an option, or a copy from the base.
unset SENTINEL_POLICY

refuse() {
  printf 'sentinel-ci: %s\n' "$1" >&2
  exit 2
}

# It stands in GITHUB_OUTPUT, where a line is a new output.
case $reports in
  *[[:cntrl:]]*) refuse 'SENTINEL_REPORTS holds a control character' ;;
esac
case $reports in
  /* | [A-Za-z]:[/\\]*) ;;
  *) reports=./$reports ;;
esac
mkdir -p -- "$reports"

arguments=()
option() { # NAME VALUE: nothing for an empty value
  if [ -n "$2" ]; then arguments+=("--$1=$2"); fi
}
flag() { # NAME VALUE
  case $2 in
    true) arguments+=("--$1") ;;
    '' | false) ;;
    *) refuse "--$1: true or false was expected" ;;
  esac
}
lines() { # one entry in each line; blank lines are no entries
  local line
  entries=()
  while IFS= read -r line || [ -n "$line" ]; do
    line=${line%$'\r'}
    if [ -n "${line//[[:space:]]/}" ]; then entries+=("$line"); fi
  done <<< "$1"
}

lines "${SENTINEL_RULES:-}"
for entry in "${entries[@]+"${entries[@]}"}"; do option rule "$entry"; done
option max-acceptable-severity "${SENTINEL_MAX_ACCEPTABLE_SEVERITY:-}"
flag require-artifacts "${SENTINEL_REQUIRE_ARTIFACTS:-}"
lines "${SENTINEL_PATHS:-.}"
[ "${#entries[@]}" -gt 0 ] || refuse 'SENTINEL_PATHS names nothing'

if [ -n "$base" ]; then
  # Outside of what is scanned, or the copy would be scanned too.
  copies=$(mktemp -d "${RUNNER_TEMP:-${TMPDIR:-/tmp}}/sentinel-base.XXXXXX")
  trap 'rm -rf -- "$copies"' EXIT
  node "$here/base-files.cjs" "$copies" "$base" "$policy" "$baseline" "${entries[@]}" > "$copies/options" || exit 2
  found=
  while IFS= read -r -d '' word; do
    arguments+=("$word")
    case $word in --baseline=*) found=yes ;; esac
  done < "$copies/options"
  # A baseline that the base does not have lets nothing pass.
  if [ -n "$found" ] || [ -z "$baseline" ]; then flag fail-on-new "${SENTINEL_FAIL_ON_NEW:-}"; fi
else
  option policy "$policy"
  option baseline "$baseline"
  flag fail-on-new "${SENTINEL_FAIL_ON_NEW:-}"
  # What was pushed is the policy of people who may push there. For other events it is unknown whose checkout it is.
  case ${GITHUB_EVENT_NAME:-${CI_PIPELINE_SOURCE:-}} in
    push | schedule) flag trust-policy-in-tree "${SENTINEL_TRUST_POLICY:-true}" ;;
    *) flag trust-policy-in-tree "${SENTINEL_TRUST_POLICY:-}" ;;
  esac
fi

rm -f -- "$reports/report.json" "$reports/sentinel.sarif" "$reports/gitlab.json" "$reports/summary.md"

# What a report prints must not be taken for commands to the runner.
token=
if [ "${GITHUB_ACTIONS:-}" = true ]; then
  token=$(cat /proc/sys/kernel/random/uuid 2> /dev/null || node -p 'require("node:crypto").randomUUID()')
  printf '::stop-commands::%s\n' "$token"
fi
code=0
node "$cli" artifact --format text --format "json=$reports/report.json" --format "sarif=$reports/sentinel.sarif" \
  --format "markdown=$reports/summary.md" --format "gitlab=$reports/gitlab.json" "${arguments[@]+"${arguments[@]}"}" -- "${entries[@]}" || code=$?
if [ -n "$token" ]; then printf '::%s::\n' "$token"; fi
case $code in
  0 | 1 | 2) ;;
  *) code=2 ;;
esac

if [ -n "${GITHUB_STEP_SUMMARY:-}" ] && [ -f "$reports/summary.md" ]; then
  head -c "$SUMMARY_BYTES" -- "$reports/summary.md" >> "$GITHUB_STEP_SUMMARY"
  printf '\n' >> "$GITHUB_STEP_SUMMARY"
fi

if [ -n "${GITHUB_OUTPUT:-}" ]; then
  node "$here/outputs.cjs" "$reports/report.json" >> "$GITHUB_OUTPUT"
  printf 'exit-code=%s\n' "$code" >> "$GITHUB_OUTPUT"
  if [ -f "$reports/report.json" ]; then printf 'report=%s\n' "$reports/report.json" >> "$GITHUB_OUTPUT"; fi
  if [ -f "$reports/sentinel.sarif" ]; then
    if [ "$(gzip -c -- "$reports/sentinel.sarif" | wc -c)" -le "$SARIF_GZIP_BYTES" ]; then
      printf 'sarif=%s\n' "$reports/sentinel.sarif" >> "$GITHUB_OUTPUT"
    else
      printf 'sentinel-ci: the SARIF file is larger than what code scanning takes, and is not uploaded\n' >&2
    fi
  fi
fi
exit "$code"
