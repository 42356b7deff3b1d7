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

    Lists of things (days, stops, notes) are compared thing by thing; a list of fields
    (a stop) field by field, while what it is known by (its place) is the same.
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
    elif _is_sequence(old) and _is_sequence(new):
        yield from _of_sequences(list(old), new, path)
    elif len(old) == len(new) and _known_by(old) == _known_by(new) != []:
        for place, (one, other) in enumerate(zip(old, new, strict=True)):
            if one != other:
                yield from difference(one, other, f"{path}/{place}")
    else:
        yield {"op": "replace", "path": path, "value": new}


def _of_sequences(old: list[Any], new: Sequence[Any], path: str) -> Iterator[Operation]:
    """Place after place: what is to stand there is there, is moved to it, or is put in;
    and what stands nowhere any more goes.
    """
    known = [_known_by(item) for item in old]
    wanted = [_known_by(item) for item in new]
    for place, item in enumerate(new):
        here, name = f"{path}/{place}", wanted[place]
        while name in known[place + 1 :] and known[place] not in wanted[place:]:
            yield {"op": "remove", "path": here}
            del known[place], old[place]
        if name in known[place:]:
            if known[place] != name:
                source = known.index(name, place)
                yield {"op": "move", "from": f"{path}/{source}", "path": here}
                known.insert(place, known.pop(source))
                old.insert(place, old.pop(source))
        elif place == len(old) or known[place] in wanted[place:]:
            yield {"op": "add", "path": here, "value": item}
            known.insert(place, name)
            old.insert(place, item)
        yield from difference(old[place], item, here)
    for place in range(len(old) - 1, len(new) - 1, -1):
        yield {"op": "remove", "path": f"{path}/{place}"}


def _is_sequence(value: Sequence[Any]) -> bool:
    """Whether it is a list of things (days, stops, notes), not the fields of one."""
    return len({isinstance(item, HOLDERS) for item in value}) < 2


def _known_by(item: Any) -> Any:
    """What makes it the same thing though its hours differ: a stop's place."""
    if not isinstance(item, HOLDERS):
        return item
    items = item.values() if isinstance(item, dict) else item
    return [part for part in items if isinstance(part, HOLDERS)]


class _Operation(msgspec.Struct):
    op: Literal["add", "remove", "replace", "move"]
    path: str
    value: Any = None
    source: str = msgspec.field(name="from", default="")


_PATCH = msgspec.json.Decoder(list[_Operation])


def apply(patch: str, document: Any) -> None:
    """Change the document, of lists and dicts, as the patch says.

    Raises LookupError, TypeError or ValueError for a patch that does not fit.
    """
    for it in _PATCH.decode(patch):
        holder, key = _entered(document, it.path)
        if it.op == "remove":
            del holder[key]
        elif it.op == "replace" or isinstance(holder, dict):
            holder[key] = it.value
        else:
            value = it.value
            if it.op == "move":
                source, place = _entered(document, it.source)
                value = source.pop(place)
            if key > len(holder):
                raise IndexError(it.path)
            holder.insert(key, value)


def _entered(document: Any, path: str) -> tuple[Any, Any]:
    """The list or object that a path leads into, and where in it."""
    *way, last = path.split("/")[1:]
    for name in way:
        document = document[_key(document, name)]
    return document, _key(document, last)


def _key(holder: Any, name: str) -> Any:
    """A list is entered by number, an object by name."""
    return int(name) if isinstance(holder, list) else name
