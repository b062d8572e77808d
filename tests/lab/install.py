"""`python -m tests.lab.install`: fetch the lab's npm packages into the checkout, once."""

import sys

from tests.lab.parts import PartsMissingError, install_parts


def main() -> int:
    """Install; returns the exit status: 0, or 1 with a plain message on stderr."""
    try:
        folder = install_parts()
    except PartsMissingError as missing:
        print(missing, file=sys.stderr)
        return 1
    print(f"The lab's parts are in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
