#!/bin/sh
# Make a virtual environment with Python 3.11 or newer, or say in a sentence what is missing.
wanted="$1"; venv="$2"
for python in "$wanted" python3 python; do
    if command -v "$python" >/dev/null 2>&1 &&
        "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        if "$python" -m venv "$venv"; then exit 0; fi
        echo "Python is here, but it can't make a virtual environment. Install its venv package." >&2
        exit 1
    fi
done
echo "Pathway needs Python 3.11 or newer. Install it, then try again." >&2
exit 1
