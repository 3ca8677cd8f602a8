#!/bin/sh
# Renew the lock files: versions and hashes for every platform, no download addresses.
set -eu
cd "$(dirname "$0")"
tool="${TMPDIR:-/tmp}/woundtrack-lock"
python3 -m venv "$tool" && "$tool/bin/pip" install --quiet uv
# The last is bound to the first.
for name in requirements requirements-dev requirements-build; do
    "$tool/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate --upgrade \
        "$name.in" --output-file "$name.lock"
done
rm -rf "$tool"
