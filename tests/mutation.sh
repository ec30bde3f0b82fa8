#!/bin/sh
# Changes the code in small ways and says which changes no test notices. Takes long; not in CI.
# Works on a copy of the last commit; cosmic-ray lives apart, as it is none of our packages.
# MODULES="advocacy/shares/outcomes" chooses what is changed.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."
python=$(CDPATH='' cd -- "${VENV:-.venv}/bin" && pwd)/python
"$python" -c 'import pytest' || { echo "Run ./run test once: it installs pytest." >&2; exit 1; }
tool=$PWD/.data/mutation-venv
if [ ! -e "$tool/.ready-8.7.0" ]; then
  "$python" -m venv --clear "$tool"
  "$tool/bin/python" -m pip install -q --disable-pip-version-check cosmic-ray==8.7.0
  : >"$tool/.ready-8.7.0"
fi
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git archive HEAD >"$copy/tree.tar"
tar -x -C "$copy" -f "$copy/tree.tar"
cd "$copy"

# The file of tests that mirrors the module, and those that speak of it in other words.
tests_of() {
  slice=tests/${1%/*}
  mirror=$slice/test_${1##*/}.py
  [ ! -e "$mirror" ] || echo "$mirror"
  case $1 in
    advocacy/shares/models) more="moves" ;;
    advocacy/shares/evidence) more="settling second_attempts storing_answers answers probing \
      doubts_to_ask spent_days" ;;
    advocacy/shares/settling) more="second_attempts storing_answers answers calls_not_made \
      spent_days token_life" ;;
    advocacy/shares/arming) more="withdrawn_on_the_wire last_tokens probing doubts_to_ask \
      calls_not_made" ;;
    advocacy/shares/claiming) more="budget calls_not_made spent_days dispatching" ;;
    advocacy/shares/publishing) more="arming calls_not_made budget doubts_and_refusals duplicates" ;;
    advocacy/shares/facts) more="claiming named drafting publishing" ;;
    advocacy/shares/storing_outcomes) more="storing_answers database_away usual_end" ;;
    advocacy/shares/call_rows) more="budget spent_days" ;;
    *) more= ;;
  esac
  for name in $more; do echo "$slice/test_$name.py"; done
}

for module in ${*:-integrations/linkedin/little_text advocacy/shares/outcomes \
  advocacy/shares/models advocacy/shares/evidence advocacy/shares/arming \
  advocacy/shares/settling advocacy/shares/claiming advocacy/shares/publishing \
  advocacy/shares/usual_end advocacy/shares/storing_outcomes advocacy/shares/facts \
  advocacy/shares/dispatching advocacy/shares/crew advocacy/shares/budget \
  advocacy/shares/call_rows}; do
  cat >cosmic.toml <<TOML
[cosmic-ray]
module-path = "$module.py"
timeout = 300.0
excluded-modules = []
test-command = "$python -m pytest -q -x -p no:cacheprovider $(tests_of "$module" | tr '\n' ' ')"
[cosmic-ray.distributor]
name = "local"
TOML
  rm -f cosmic.sqlite
  echo "== $module, by $(tests_of "$module" | tr '\n' ' ')"
  # A test that fails without any change would count every change as noticed.
  "$tool/bin/cosmic-ray" baseline cosmic.toml
  "$tool/bin/cosmic-ray" init cosmic.toml cosmic.sqlite
  "$tool/bin/cosmic-ray" exec cosmic.toml cosmic.sqlite
  "$tool/bin/cr-report" --show-diff --surviving-only cosmic.sqlite | grep '^[-+@]' || true
  "$tool/bin/cr-report" cosmic.sqlite | tail -n 3
done
