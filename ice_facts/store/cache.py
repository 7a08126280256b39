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


def identity(stamp: Stamp, *modules: str) -> str:
    """Return what a kept file must carry: the program's version, the code that makes it, the stamp.

    Args:
        stamp: The state of the store's files.
        modules: Paths of the modules whose code decides on the content.
    """
    found = [__version__]
    for module in modules:
        with suppress(OSError):
            file = Path(module).stat()
            found.append(f"{file.st_size}-{file.st_mtime_ns}")
    return f"{' '.join(found)}\n{stamp.text}"


def is_settled(stamp: Stamp) -> bool:
    """Tell whether a store has been as it is for long enough to keep something of it."""
    return time.time() - stamp.changed > SETTLED


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
    try:
        return Path.home() / ".cache" / "ice-facts"
    except RuntimeError:
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
    kept = sorted(path.parent.glob(f"{kind}-*{path.suffix}"), key=lambda p: p.stat().st_mtime)
    for old in kept[:-KEPT]:
        old.unlink(missing_ok=True)
