#!/usr/bin/env bash
# Installs the Debian/Ubuntu packages that Đối soát needs and that are not there yet. Usage: system-packages.sh [PYTHON [tests]]
set -euo pipefail

python=${1:-}
wanted=()

has() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }

want() { # want NAME...: the first of these names that the distribution has, unless one is installed already
    local name
    for name in "$@"; do if has "$name"; then return; fi; done
    wanted+=("$*")
}

if ! command -v dpkg-query >/dev/null; then
    if command -v tesseract >/dev/null && tesseract --list-langs 2>/dev/null | grep -qx vie; then exit 0; fi
    echo "Hãy cài tesseract cùng dữ liệu tiếng Việt (vie), phông Liberation Serif 2 hoặc Tinos, rồi chạy lại." >&2
    echo "This is no Debian or Ubuntu: install tesseract with Vietnamese (vie) and a Times-like font, then run again." >&2
    exit 3
fi

command -v tesseract >/dev/null || want tesseract-ocr
tesseract --list-langs 2>/dev/null | grep -qx vie || want tesseract-ocr-vie
tesseract --list-langs 2>/dev/null | grep -qx eng || want tesseract-ocr-eng
# Makes PDF/A of what pikepdf alone cannot.
command -v gs >/dev/null || want ghostscript
want fonts-liberation2 fonts-liberation
want fonts-croscore
want fonts-freefont-ttf
command -v fc-list >/dev/null || want fontconfig
if [ -z "$python" ]; then
    want python3 python3.12 python3.11
    want python3-venv
elif ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    want python3-venv
fi
# The inner loops of the repair are compiled at installation.
command -v g++ >/dev/null || want g++
headers='import pathlib, sysconfig; raise SystemExit(not pathlib.Path(sysconfig.get_path("include"), "Python.h").exists())'
if [ -z "$python" ] || ! "$python" -c "$headers"; then want python3-dev; fi

# The desk is tested in a real browser; using it needs none on this machine. Ubuntu has Chromium as a snap only: there a
# Chrome that is installed already serves.
if [ "${2:-}" = tests ] && ! command -v chromium >/dev/null && ! command -v google-chrome >/dev/null; then
    if apt-cache show chromium-driver >/dev/null 2>&1; then want chromium; want chromium-driver; fi
fi
# The tests of the archive run a server of their own; the one that the package may start is left alone.
if [ "${2:-}" = tests ] && ! command -v initdb >/dev/null && ! compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; then
    want postgresql
fi

# PDF/A is checked by PDFBox Preflight where there is Java; the tests do without.
if [ "${2:-}" = tests ] && command -v java >/dev/null; then
    for library in pdfbox2 activation jaxb-api bcprov commons-io; do want "lib$library-java"; done
fi

[ ${#wanted[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "Cần quyền quản trị để cài / Root is needed to install: ${wanted[*]}" >&2; exit 3; }
    as_root=(sudo)
fi
"${as_root[@]}" apt-get update -qq
names=()
for choice in "${wanted[@]}"; do
    for name in $choice; do
        if apt-cache show "$name" >/dev/null 2>&1; then names+=("$name"); break; fi
    done
done
echo "Cài đặt các gói hệ thống còn thiếu… / Installing missing system packages: ${names[*]}"
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${names[@]}" >/dev/null
