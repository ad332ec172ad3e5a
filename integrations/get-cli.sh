#!/usr/bin/env bash
# Puts the built command line into SENTINEL_BUILT: that of a package that is given, or of the commit that this script is of.
#
#   SENTINEL_BUILT           folder for sentinel.cjs and its parts
#   SENTINEL_PACKAGE         packed command line, a path or an https address (default: this commit is built)
#   SENTINEL_PACKAGE_SHA256  its SHA-256; without it no package is taken
set -euo pipefail
refuse() {
  printf 'sentinel-ci: %s\n' "$1" >&2
  exit 2
}
here=$(cd "$(dirname "$0")" && pwd)
built=${SENTINEL_BUILT:?}
package=${SENTINEL_PACKAGE:-}
rm -rf -- "$built"
if [ -z "$package" ]; then
  # The build tools are devDependencies: NODE_ENV=production of the job must not leave them out.
  cd "$here/.."
  npm ci --include=dev --ignore-scripts --no-audit --no-fund
  # Without the compiler: the bundler reads the sources, and CI of this repository has checked their types.
  node packages/cli/build.mjs "$built/sentinel.cjs"
  exit 0
fi
printf '%s' "${SENTINEL_PACKAGE_SHA256:-}" | grep -Eqx '[0-9a-f]{64}' || refuse 'package-sha256 has to be 64 hex digits'
folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT
case $package in
  https://*) curl --fail --silent --show-error --location --proto '=https' --output "$folder/package.tgz" -- "$package" ;;
  *) cp -- "$package" "$folder/package.tgz" ;;
esac
actual=$(node -e 'process.stdout.write(require("node:crypto").createHash("sha256").update(require("node:fs").readFileSync(process.argv[1])).digest("hex"))' "$folder/package.tgz")
[ "$actual" = "$SENTINEL_PACKAGE_SHA256" ] || refuse "the package has SHA-256 $actual"
# Relative names: tar takes C:\x for a host.
cd "$folder"
tar -xzf package.tgz package/dist
mkdir -p -- "$built"
cp -R package/dist/. "$built"
