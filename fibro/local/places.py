"""Where things are: the checkout, its virtual environment, and .local for all that lasts."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
LOCAL = Path(os.environ.get("FIBRO_LOCAL") or ROOT / ".local").resolve()


def local(name: str) -> Path:
    """A path in .local, which is made when first needed."""
    LOCAL.mkdir(parents=True, exist_ok=True)
    return LOCAL / name


def private(name: str, *, make) -> str:
    """The text of a file in .local that only its owner may read, made when first needed."""
    path = local(name)
    if not path.exists() or not path.read_text().strip():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(make() + "\n")
    return path.read_text().strip()
