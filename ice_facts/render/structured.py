"""JSON, JSON Lines and YAML: the typed results as they are."""

from __future__ import annotations

from typing import Any

import msgspec

from ice_facts.render import Reply, Style, check_fields


def render_structured(reply: Reply, format: str, style: Style) -> str:
    """Return the results as JSON, JSON Lines or YAML, with the selected fields only."""
    values: list[Any] = list(reply.results)
    if style.fields:
        legal = reply.results[0].__struct_encode_fields__ if reply.results else ()
        check_fields(style.fields, legal)
        encoded = [msgspec.to_builtins(value) for value in values]
        values = [{name: value[name] for name in style.fields} for value in encoded]
    if format == "jsonl":
        return "".join(msgspec.json.encode(value).decode() + "\n" for value in values)
    value = values[0] if reply.single else values
    if format == "yaml":
        import yaml

        return str(
            yaml.safe_dump(
                msgspec.to_builtins(value),
                allow_unicode=True,
                sort_keys=False,
                width=100,
            )
        )
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n"
