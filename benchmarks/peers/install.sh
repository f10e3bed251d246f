#!/bin/sh
# Make .venv-peers for `make bench-clean`: the extractors that ours is measured beside, exactly as locked.
set -eu
cd "$(dirname "$0")/../.."
PYTHON=${PYTHON:-python3}
wanted=$({ cat benchmarks/peers/requirements.lock; "$PYTHON" -V; pwd; } | cksum)
if [ -f .venv-peers/installed ] && [ "$(cat .venv-peers/installed)" = "$wanted" ]; then
  exit 0
fi
echo "install: making .venv-peers (about 400 MB)"
rm -rf .venv-peers
"$PYTHON" -m venv .venv-peers
.venv-peers/bin/python -m pip install -qqq --disable-pip-version-check --no-deps --require-hashes \
  -r benchmarks/peers/requirements.lock
printf '%s' "$wanted" >.venv-peers/installed
