#!/bin/sh
# Renew the two lock files: versions and hashes for every platform, no download addresses.
set -eu
cd "$(dirname "$0")"
tool="${TMPDIR:-/tmp}/woundtrack-lock"
python3 -m venv "$tool" && "$tool/bin/pip" install --quiet uv
for name in requirements requirements-dev; do
    "$tool/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate --upgrade \
        "$name.in" --output-file "$name.lock"
done
rm -rf "$tool"
