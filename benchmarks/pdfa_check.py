"""PDF/A by a checker that is not ours: PDFBox Preflight (Apache-2.0; Debian's libpdfbox2-java and what it needs).

    apt-get install default-jre-headless libpdfbox2-java libactivation-java libjaxb-api-java libbcprov-java
    python -m benchmarks.pdfa_check FILE...

Preflight knows PDF/A-1b (ISO 19005-1). PDF/A-2b (ISO 19005-2) asks for the same, except for what its clauses allow
since: those complaints are left out here, by how Preflight begins them. What PDF/A-2 asks for and PDF/A-1 does not
(as of JPEG 2000) is not looked at.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

_JARS = Path("/usr/share/java")
# The newer Debian has Jakarta Activation under the old name as well.
_NEEDED = ("preflight", "pdfbox2", "xmpbox", "fontbox2", "commons-logging", "commons-io", "jaxb-api", "bcprov")
_ACTIVATION = ("javax.activation", "activation")
_MAIN = "org.apache.pdfbox.preflight.Validator_A1b"
ALLOWED_SINCE = {
    "1.4 : Trailer Syntax error, /XRef": "cross reference streams (ISO 19005-2, 6.1.4)",
    "3.1.11 : ": "a subset of a font without CIDSet (6.2.11.4.2)",
    "7.11.2 : Error on MetaData, part must be 1": "the metadata say part 2 (6.6.4)",
}
"""How Preflight begins what PDF/A-1 forbids or demands and PDF/A-2 does not."""


@lru_cache(maxsize=1)
def _class_path() -> str | None:
    jars = [_JARS / f"{name}.jar" for name in _NEEDED]
    activation = next((path for name in _ACTIVATION if (path := _JARS / f"{name}.jar").exists()), None)
    if shutil.which("java") is None or activation is None or not all(jar.exists() for jar in jars):
        return None
    return ":".join(map(str, [*jars, activation]))


def is_installed() -> bool:
    """Say whether the checker can be run."""
    return _class_path() is not None


def complaints(path: Path) -> list[str]:
    """Return what the checker holds against a file as PDF/A-2b, each kind once; nothing where it conforms.

    Raises:
        RuntimeError: The checker is not installed, or did not come to a verdict.
    """
    classes = _class_path()
    if classes is None:
        raise RuntimeError("PDFBox Preflight is not installed")
    done = subprocess.run(
        ["java", "-cp", classes, _MAIN, str(path)], capture_output=True, check=False, text=True, timeout=600
    )
    lines = (done.stdout + done.stderr).splitlines()
    if any("is a valid PDF/A-1b file" in line for line in lines):
        return []
    if not any("is not a valid PDF/A-1b file" in line for line in lines):
        raise RuntimeError(f"{path.name}: {' '.join(lines[-3:])}")
    found = (line for line in lines if line[:1].isdigit() and " : " in line)
    return list({line.split(" : ")[0]: line for line in found if not line.startswith(tuple(ALLOWED_SINCE))}.values())


def main() -> None:
    """Check the files named; the exit code is 1 if one does not conform."""
    found = {path: complaints(Path(path)) for path in sys.argv[1:]}
    for path, against in found.items():
        print(f"{path}: {'; '.join(against) or 'nothing against PDF/A-2b'}")
    sys.exit(any(found.values()))


if __name__ == "__main__":
    main()
