"""JSON patches (RFC 6902): made so that they are small for plans, and applied.

`jsonpatch` takes 4 ms to compare two plans of 8 kB, eight times as long as a whole
turn, and its patch is larger: it does not see which parts belong together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

import msgspec

LISTS = (list, tuple)
HOLDERS = (dict, *LISTS)
Operation = dict[str, Any]


def difference(old: Any, new: Any, path: str = "") -> Iterator[Operation]:
    """The operations that lead from one JSON value to another, whose names hold no
    "/" or "~".

    Lists of objects or lists (days, stops) are compared by what they hold; a list
    that holds one (a stop its place) field by field while that stays the same.
    Anything else that differs is replaced.
    """
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for name in old.keys() - new.keys():
            yield {"op": "remove", "path": f"{path}/{name}"}
        for name, value in new.items():
            if name not in old:
                yield {"op": "add", "path": f"{path}/{name}", "value": value}
            elif old[name] != value:
                yield from difference(old[name], value, f"{path}/{name}")
    elif not (isinstance(old, LISTS) and isinstance(new, LISTS)):
        yield {"op": "replace", "path": path, "value": new}
    elif len(_parts(old)) == len(old) and len(_parts(new)) == len(new):
        yield from _of_sequences(old, new, path)
    elif len(old) == len(new) and (parts := _parts(old)) and parts == _parts(new):
        for place, (one, other) in enumerate(zip(old, new, strict=True)):
            if one != other:
                yield from difference(one, other, f"{path}/{place}")
    else:
        yield {"op": "replace", "path": path, "value": new}


def _of_sequences(
    old: Sequence[Any], new: Sequence[Any], path: str
) -> Iterator[Operation]:
    """What both end with stays in place; what is before it pairs up in order."""
    shorter = min(len(old), len(new))
    ends = 0
    while ends < shorter and _parts(old[-1 - ends]) == _parts(new[-1 - ends]):
        ends += 1
    paired = shorter - ends
    for place in range(paired):
        yield from difference(old[place], new[place], f"{path}/{place}")
    for _ in range(len(old) - shorter):
        yield {"op": "remove", "path": f"{path}/{paired}"}
    for place in range(paired, len(new) - ends):
        yield {"op": "add", "path": f"{path}/{place}", "value": new[place]}
    for place in range(len(new) - ends, len(new)):
        yield from difference(old[place - len(new)], new[place], f"{path}/{place}")


def _parts(value: Any) -> list[Any]:
    """The objects and lists that it holds: what a stop or a day is known by."""
    items = value.values() if isinstance(value, dict) else value
    return [item for item in items if isinstance(item, HOLDERS)]


class _Operation(msgspec.Struct):
    op: Literal["add", "remove", "replace"]
    path: str
    value: Any = None


_PATCH = msgspec.json.Decoder(list[_Operation])


def apply(patch: str, document: Any) -> None:
    """Change the document, of lists and dicts, as the patch says.

    Raises LookupError, TypeError or ValueError for a patch that does not fit.
    """
    for operation in _PATCH.decode(patch):
        *way, last = operation.path.split("/")[1:]
        holder = document
        for name in way:
            holder = holder[_key(holder, name)]
        key = _key(holder, last)
        if operation.op == "remove":
            del holder[key]
        elif operation.op == "add" and isinstance(holder, list):
            if key > len(holder):
                raise IndexError(operation.path)
            holder.insert(key, operation.value)
        else:
            holder[key] = operation.value


def _key(holder: Any, name: str) -> Any:
    """A list is entered by number, an object by name."""
    return int(name) if isinstance(holder, list) else name
