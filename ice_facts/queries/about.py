"""Questions about the store itself."""

from __future__ import annotations

from ice_facts.results.rows import StoreInfo, TableInfo
from ice_facts.store import Store, table_files


def store_info(store: Store) -> StoreInfo:
    """Count the records of a store by table, and its facts by whether they are confirmed."""
    tables = []
    for name, summary in store.summaries().items():
        files = table_files(store.root, name)
        tables.append(
            TableInfo(
                table=name,
                records=summary.records,
                facts=summary.facts,
                unconfirmed=summary.unconfirmed,
                files=len(files),
                bytes=sum(path.stat().st_size for path in files),
            )
        )
    return StoreInfo(path=str(store.root), version=store.version(), tables=tuple(tables))
