"""What is made of a store and kept between calls, in the user's cache folder.

The store is the only truth. A kept file carries the stamp of the files that it was made of, and is
used only while they have it; without a place to keep it, it is made each time.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from ice_facts import __version__
from ice_facts.store.files import Stamp

KEPT = 8
"""How many files of one kind, for different stores, the cache holds."""

SETTLED = 2.0
"""A store must not have changed for this long, in seconds, before something is kept of it.

A file that is changed twice within the grain of a file system's clock can keep its times.
"""


ABANDONED = 3600.0
"""After so many seconds, a file that was begun and not finished is of a process that was killed."""


def identity(stamp: Stamp, *packages: str) -> str:
    """Return what a kept file must carry: the program's version, the code that makes it, the stamp.

    Args:
        stamp: The state of the store's files.
        packages: The packages of ice-facts whose code, beside its top modules, decides on the
            content.
    """
    top = Path(__file__).parent.parent
    found = [__version__]
    for package in ("", *packages):
        with suppress(OSError), os.scandir(top / package) as entries:
            files = [(e.name, e.stat()) for e in entries if e.name.endswith(".py")]
            found += [f"{name} {file.st_size} {file.st_mtime_ns}" for name, file in sorted(files)]
    return "\n".join([*found, stamp.text])


def is_settled(stamp: Stamp) -> bool:
    """Tell whether a store has been as it is for long enough to keep something of it."""
    return time.time() - stamp.changed / 1e9 > SETTLED


def cache_file(root: Path, kind: str, suffix: str) -> Path | None:
    """Return where something made of a store is kept; None where there is no place for it.

    Args:
        root: Folder of the store.
        kind: What is kept, the first word of the file's name.
        suffix: The ending of the name.
    """
    from zlib import crc32

    folder = cache_folder()
    # Two stores with one number would only replace what is kept of each other.
    number = crc32(os.fsencode(os.path.realpath(root)))
    return folder / f"{kind}-{number:08x}{suffix}" if folder else None


def cache_folder() -> Path | None:
    """Return the folder for what can be made again; None where the user has no home."""
    name = "LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME"
    chosen = Path(os.environ.get(name, ""))
    if chosen.is_absolute():
        return chosen / "ice-facts"
    with suppress(RuntimeError, OSError):
        home = Path.home()
        if home.is_absolute() and home.is_dir():
            return home / ".cache" / "ice-facts"
    return None


def keep(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file beside its place and rename it, so that readers see a whole one.

    The oldest files of its kind are taken away when there are many.

    Raises:
        OSError: It cannot be written there.
    """
    import tempfile

    kind = path.name.partition("-")[0]
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{kind}-")
    os.close(handle)
    temporary = Path(name)
    try:
        write(temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    made = sorted((_made(other), other) for other in path.parent.glob(f"{kind}-*{path.suffix}"))
    left = [(_made(other), other) for other in path.parent.glob(f".{kind}-*")]
    abandoned = [(when, other) for when, other in left if when < time.time() - ABANDONED]
    for _, old in (*made[:-KEPT], *abandoned):
        with suppress(OSError):
            old.unlink()


def _made(path: Path) -> float:
    # Not the time of modification, which says to which state of a store a file belongs.
    try:
        return path.lstat().st_ctime
    except OSError:
        return 0.0
