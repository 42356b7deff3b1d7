#!/usr/bin/env bash
# lark 1.3.1 (PyPI), parser="earley".
# Expected: "left: WORD+" before "right: WORD+" divide a run of words always in the same manner: the docstring
# of ambiguity="resolve" says that it chooses consistently, non-greedy for rules, and rules have priorities.
# Seen: the left list gets one word where there are an even number of them and two where it is odd (from four
# on); priorities change nothing, and neither does lexer="basic". LALR refuses such input instead.
# We: the grammar is LALR, and its lists are divided by tokens of types of their own.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check lark==1.3.1
venv/bin/pip freeze --disable-pip-version-check | grep -iE '^(lark)=='

cat > ask.py <<'PY'
from lark import Lark, UnexpectedInput

GRAMMAR = r"""
start: left right
left{}: WORD+
right{}: WORD+
WORD: /[a-z]+/
%ignore " "
"""


def divided(parser, words):
    left, right = parser.parse(" ".join("abcdefghijkl"[:words])).children
    return f"{len(left.children)}+{len(right.children)}"


for left, right in (("", ""), (".2", ".1"), (".1", ".2")):
    for lexer in ("dynamic", "basic"):
        parser = Lark(GRAMMAR.format(left, right), parser="earley", lexer=lexer)
        print(f"left{left} right{right} {lexer}:", *(divided(parser, n) for n in range(3, 11)))
try:
    print("lalr:", divided(Lark(GRAMMAR.format("", ""), parser="lalr"), 4))
except UnexpectedInput as error:
    print("lalr:", type(error).__name__)
PY
venv/bin/python ask.py | tee seen.txt
diff seen.txt - <<'TXT'
left right dynamic: 2+1 1+3 2+3 1+5 2+5 1+7 2+7 1+9
left right basic: 2+1 1+3 2+3 1+5 2+5 1+7 2+7 1+9
left.2 right.1 dynamic: 2+1 1+3 2+3 1+5 2+5 1+7 2+7 1+9
left.2 right.1 basic: 2+1 1+3 2+3 1+5 2+5 1+7 2+7 1+9
left.1 right.2 dynamic: 2+1 1+3 2+3 1+5 2+5 1+7 2+7 1+9
left.1 right.2 basic: 2+1 1+3 2+3 1+5 2+5 1+7 2+7 1+9
lalr: UnexpectedToken
TXT
echo "As described."
