"""ice-facts: how US cities, counties and states deal with federal immigration enforcement.

On a terminal it is the command ``ice-facts``; in a program, a library::

    from ice_facts import asdict, open_store

    with open_store() as store:
        for rule in store.rules_in_force("chicago", on="2024-07-01"):
            print(asdict(rule))

The names below are stable: they keep their meaning, and get new parameters only with defaults.
"""

from __future__ import annotations

TYPE_CHECKING = False  # "typing" is not imported for it: every call of the command comes by here
if TYPE_CHECKING:
    from ice_facts.errors import (
        AmbiguousNameError,
        IceFactsError,
        NotFoundError,
        StoreError,
        UsageError,
    )
    from ice_facts.library import Facts, asdict, open_store

__version__ = "0.1.0"

__all__ = [
    "AmbiguousNameError",
    "Facts",
    "IceFactsError",
    "NotFoundError",
    "StoreError",
    "UsageError",
    "__version__",
    "asdict",
    "open_store",
]


def __getattr__(name: str) -> object:
    # A look-up on the command line imports this module too and must not pay for the library.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    where = "library" if name in ("Facts", "asdict", "open_store") else "errors"
    return getattr(import_module(f"{__name__}.{where}"), name)
