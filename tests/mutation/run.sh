#!/bin/sh
# Changes the code in small ways and says which changes no test notices. Not in CI.
# Works on a copy of the last commit; cosmic-ray lives apart, as it is none of our packages.
# Names of modules choose what is changed: tests/mutation/run.sh advocacy/shares/outcomes
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/../.."
python=$(CDPATH='' cd -- "${VENV:-.venv}/bin" && pwd)/python
"$python" -c 'import pytest' || { echo "Run ./run test once: it installs pytest." >&2; exit 1; }
tool=$PWD/.data/mutation-venv
if [ ! -e "$tool/.ready-8.7.0" ]; then
  "$python" -m venv --clear "$tool"
  "$tool/bin/python" -m pip install -q --disable-pip-version-check cosmic-ray==8.7.0
  : >"$tool/.ready-8.7.0"
fi
notes=$PWD/.data/mutation-notes/$(git rev-parse HEAD)  # a second run goes on
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git archive HEAD >"$copy/tree.tar"
tar -x -C "$copy" -f "$copy/tree.tar"
cd "$copy"
"$python" -m advocacy.cli compile-translations >/dev/null
"$python" -m tests.mutation "$tool/bin/python" "$notes" "$@"
