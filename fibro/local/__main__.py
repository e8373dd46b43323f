"""`python -m fibro.local run|serve|test|exec`: from any Python, through .venv, to the command."""

import sys

from . import ports, venv
from .faults import told_in_one_line


def main() -> int:
    arguments = sys.argv[1:]
    command = arguments[0] if arguments else None
    if command in ("run", "serve"):
        ports.require_free(ports.wanted())
    venv.enter("runtime", *(["tests"] if command == "test" else []))
    from . import commands  # which needs what .venv holds

    return commands.main(commands.parse(arguments))


if __name__ == "__main__":
    with told_in_one_line():
        sys.exit(main())
