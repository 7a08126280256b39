"""Which store a call reads."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path


def store_folder(data: Path | None = None) -> Path | None:
    """Return the folder of the store to use; None stands for the bundled one.

    Links are followed once, here: where a link is exchanged for one to a newer store, the answer
    comes from the old store or from the new one, not from both.
    """
    chosen = data or (Path(env) if (env := os.environ.get("ICE_FACTS_DATA")) else None)
    return Path(os.path.realpath(chosen)) if chosen else None


def overlay_folders(given: Sequence[Path] | None = None) -> tuple[Path, ...]:
    """Return the folders whose records are laid over the store's.

    Those that were given take the place of ``ICE_FACTS_OVERLAY``, which holds one or several,
    divided as in ``PATH``.
    """
    named = os.environ.get("ICE_FACTS_OVERLAY", "").split(os.pathsep)
    chosen = list(given or ()) or [Path(name) for name in named if name]
    return tuple(Path(os.path.realpath(folder)) for folder in chosen)
