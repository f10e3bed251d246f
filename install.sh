#!/bin/sh
# Make .venv and install exactly requirements.lock into it. Does nothing when that is done already; an interrupted run is
# taken up again. Needs only python3 (3.11 or newer, with venv and pip) and the package index that pip is set up for.
set -eu
cd "$(dirname "$0")"
PYTHON=${PYTHON:-python3}

if ! command -v "$PYTHON" >/dev/null 2>&1; then
  echo "install: $PYTHON is not there; install Python 3.11 or newer, or say which: make PYTHON=/path/to/python3" >&2
  exit 1
fi
"$PYTHON" - <<'PY' || exit 1
import sys
if sys.version_info < (3, 11):
    sys.exit("install: Python %d.%d is too old; 3.11 or newer is needed (make PYTHON=python3.11)" % sys.version_info[:2])
try:
    import venv, ensurepip
except ImportError as error:
    sys.exit("install: this Python has no %s; on Debian and Ubuntu: apt-get install python3-venv" % error.name)
PY

# What .venv was made from: the lock, what the project declares, the interpreter, and where the folder stands (scripts in
# .venv/bin hold its path, so that a moved folder needs a new one).
wanted=$({ cat requirements.lock pyproject.toml; "$PYTHON" -V; pwd; } | cksum)
if [ -f .venv/installed ] && [ "$(cat .venv/installed)" = "$wanted" ]; then
  exit 0
fi

echo "install: making .venv (about 800 MB; ten seconds with a near package index, two minutes with a far one)"
if [ ! -x .venv/bin/python ] || [ ! -f .venv/place ] || [ "$(cat .venv/place)" != "$(pwd)" ]; then
  rm -rf .venv
  "$PYTHON" -m venv .venv
  pwd >.venv/place
fi
rm -f .venv/installed

# uv installs in seconds what takes pip a minute. It is taken from the lock too, with its hash.
awk '/^[a-zA-Z0-9]/{on = /^uv==/} on' requirements.lock >.venv/uv.lock
installed=no
if .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
  --only-binary :all: -r .venv/uv.lock; then
  index=$(.venv/bin/python -m pip config get global.index-url 2>/dev/null || true)
  if env ${index:+UV_DEFAULT_INDEX="$index"} UV_SYSTEM_CERTS=1 .venv/bin/uv pip install --quiet --no-config \
    --require-hashes --no-deps --only-binary :all: --python .venv/bin/python -r requirements.lock; then
    installed=yes
  fi
fi
if [ "$installed" = no ]; then
  echo "install: uv could not do it; pip takes over"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
    --only-binary :all: -r requirements.lock
fi

# The project itself, in place. --no-build-isolation: setuptools comes from the lock, nothing is fetched.
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index --editable .
printf '%s' "$wanted" >.venv/installed
