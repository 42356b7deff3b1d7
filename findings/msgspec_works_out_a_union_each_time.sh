#!/usr/bin/env bash
# msgspec 0.22.0 (PyPI).
# Expected: converting to a union of tagged structs costs about what converting to one of them does, as the library
# looks at a type once and remembers it: a class keeps what was found out on itself.
# Seen: a type that is no class (a union, a tuple of one) has nowhere to keep it, and is worked out anew at each
# msgspec.convert: with 60 members that takes over ten times as long as the same conversion through a struct whose one
# field has that type. A Decoder, which is made once, has no such cost.
# We: convert through a struct, and hold a Decoder for single values (itinerary_app/acts/codec.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check msgspec==0.22.0
"$folder/venv/bin/python" - <<'PY'
from functools import reduce
from operator import or_
from timeit import repeat

import msgspec

kinds = [
    msgspec.defstruct(f"K{i}", [("a", int), ("b", str | None, None)], tag_field="kind", tag=f"k{i}")
    for i in range(60)
]
Any60 = reduce(or_, kinds)
Wrapped = msgspec.defstruct("Wrapped", [("it", Any60)])
value = {"kind": "k7", "a": 1}
assert msgspec.convert(value, Any60) == msgspec.convert({"it": value}, Wrapped).it
decoder, text = msgspec.json.Decoder(Any60), msgspec.json.encode(value)


def least(what):
    return min(repeat(what, number=500, repeat=7))


through = least(lambda: msgspec.convert({"it": value}, Wrapped))
union = least(lambda: msgspec.convert(value, Any60)) / through
decoded = least(lambda: decoder.decode(text)) / through
print(f"union: {'over' if union > 10 else 'under'} 10 times a struct's field of that type")
print(f"decoder: {'over' if decoded > 10 else 'under'} 10 times")
print(f"({union:.0f} and {decoded:.1f} times just now)")
raise SystemExit(not (union > 10 > decoded))
PY
