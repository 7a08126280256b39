"""JSON, JSON Lines and YAML: the typed results as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from ice_facts.ask import Reply
from ice_facts.render import BRIEF_FIELDS, Style, check_fields


def render_structured(reply: Reply, format: str, style: Style) -> str:
    """Return the results as JSON, JSON Lines or YAML, with the selected fields only.

    Raises:
        UsageError: A field was selected that one of the results does not have.
    """
    values: list[Any] = list(reply.data)
    if style.fields:
        kinds = {type(value): value.__struct_encode_fields__ for value in values}
        first, *others = kinds.values()
        shared = [name for name in first if all(name in o for o in others)]
        check_fields(style.fields, shared)
        values = [_chosen(value, style.fields) for value in values]
    elif style.brief:
        values = [_chosen(value, BRIEF_FIELDS) for value in values]
    if format == "jsonl":
        return "".join(map(_line, values))
    value = values[0] if reply.single else values
    if format == "yaml":
        return _yaml(msgspec.to_builtins(value))
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n"


def json_lines(reply: Reply, style: Style) -> Iterator[str]:
    """Yield the results as JSON Lines, each when it is made.

    Raises:
        UsageError: As in `render_structured`; to select fields, all results are made first.
    """
    if style.fields or style.brief:
        yield render_structured(reply, "jsonl", style)
    else:
        yield from map(_line, reply.data)


def _chosen(value: Any, names: Sequence[str]) -> dict[str, Any]:
    encoded = msgspec.to_builtins(value)
    return {name: encoded[name] for name in names if name in encoded}


def _line(value: Any) -> str:
    return msgspec.json.encode(value).decode() + "\n"


def _yaml(value: Any) -> str:
    import yaml

    # The same dumper in C, where it is built in, takes a tenth of the time.
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    text: str = yaml.dump(value, Dumper=dumper, allow_unicode=True, sort_keys=False, width=100)
    return text
