#!/bin/sh
# Changes the code in small ways and says which changes no test notices. Takes long; not in CI.
# Works on a copy of the last commit. Needs: pip install cosmic-ray
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."
cosmic=${COSMIC_RAY:-.venv/bin/cosmic-ray}
python=$PWD/.venv/bin/python
[ -x "$cosmic" ] || { echo "cosmic-ray is missing: .venv/bin/pip install cosmic-ray" >&2; exit 1; }
cosmic=$(CDPATH='' cd -- "$(dirname -- "$cosmic")" && pwd)/cosmic-ray
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git archive HEAD | tar x -C "$copy"
cd "$copy"
modules=${*:-integrations/linkedin/little_text advocacy/shares/models advocacy/shares/outcomes
  advocacy/shares/evidence advocacy/shares/arming advocacy/shares/settling
  advocacy/shares/claiming}
for module in $modules; do
  case $module in
    integrations/*) tests=tests/${module%/*}/test_${module##*/}.py ;;
    *) tests="tests/advocacy/shares --ignore tests/advocacy/shares/pages" ;;
  esac
  cat >cosmic.toml <<TOML
[cosmic-ray]
module-path = "$module.py"
timeout = 300.0
excluded-modules = []
test-command = "$python -m pytest -q -x -p no:cacheprovider $tests"
[cosmic-ray.distributor]
name = "local"
TOML
  rm -f cosmic.sqlite
  "$cosmic" init cosmic.toml cosmic.sqlite
  "$cosmic" exec cosmic.toml cosmic.sqlite
  echo "== $module"
  "${cosmic%/*}/cr-report" --show-diff --surviving-only cosmic.sqlite | grep '^[-+@] \|^[-+]  ' || true
  "${cosmic%/*}/cr-report" cosmic.sqlite | tail -n 3
done
