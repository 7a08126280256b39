"""The store: the JSON files of ``data/``, read through TinyDB into typed, frozen records.

Only this package knows TinyDB and the files: ``files`` reads them, ``records`` asks TinyDB and
makes records.
"""

from ice_facts.store.files import (
    Stamp,
    bundled_data,
    clean_text,
    read_file,
    table_files,
    visible_text,
)
from ice_facts.store.records import TABLE_OF, Names, Store

__all__ = [
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
