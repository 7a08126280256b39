"""The store: the JSON files of ``data/``, read through TinyDB into typed, frozen records.

Only this package knows TinyDB and the files. ``files`` says which there are and reads them,
``tables`` asks TinyDB, ``index`` finds texts by id, name and mention, ``kept`` keeps the index
between calls (where ``cache`` says), and ``records`` makes records.
"""

from ice_facts.store.files import (
    Stamp,
    bundled_data,
    clean_text,
    read_file,
    table_files,
    visible_text,
)
from ice_facts.store.names import BY_ALIAS, BY_BARE_NAME, BY_ID, BY_NAME, Names
from ice_facts.store.records import TABLE_OF, Store

__all__ = [
    "BY_ALIAS",
    "BY_BARE_NAME",
    "BY_ID",
    "BY_NAME",
    "TABLE_OF",
    "Names",
    "Stamp",
    "Store",
    "bundled_data",
    "clean_text",
    "read_file",
    "table_files",
    "visible_text",
]
