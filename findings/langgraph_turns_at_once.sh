#!/usr/bin/env bash
# langgraph 1.2.24 (PyPI) with its memory and SQLite checkpointers; langgraph-checkpoint-postgres 3.2.0 did the same.
# Expected: two turns of one thread at once are both kept, joined by the reducers (Annotated[list, operator.add]),
# or one is refused: the checkpointer is there to keep a thread's state.
# Seen: neither raises. The turn that ends last is the thread's state, without the other's messages and
# fields, though that one had been stored and was read meanwhile; only the history still has it, as a fork.
# We: a turn is written on the version that it read; what came in between is a conflict, and nothing is lost.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --no-compile --disable-pip-version-check langgraph==1.2.24 langgraph-checkpoint==4.3.2 \
  langgraph-checkpoint-sqlite==3.1.2
venv/bin/pip freeze --disable-pip-version-check | grep -iE '^langgraph(-checkpoint(-sqlite)?)?=='

cat > ask.py <<'PY'
import operator
import sys
import threading
from typing import Annotated, TypedDict

from langgraph.checkpoint.memory import InMemorySaver
from langgraph.checkpoint.sqlite import SqliteSaver
from langgraph.graph import END, START, StateGraph


class State(TypedDict):
    messages: Annotated[list, operator.add]
    budget: int


def kept(snapshot):
    """Whether the quick turn's answer and budget are in the state."""
    values = snapshot.values
    return "to quick" in values.get("messages", ()) and values.get("budget") == 500


def tried(name, saver):
    thinking, done = threading.Event(), threading.Event()

    def answer(state):
        said = state["messages"][-1]
        if said == "slow":
            thinking.set()
            assert done.wait(20)
        return {"messages": [f"to {said}"]}

    graph = StateGraph(State)
    graph.add_node("answer", answer)
    graph.add_edge(START, "answer")
    graph.add_edge("answer", END)
    app = graph.compile(checkpointer=saver)
    thread = {"configurable": {"thread_id": "1"}}
    slow = threading.Thread(target=lambda: app.invoke({"messages": ["slow"]}, thread))
    slow.start()
    assert thinking.wait(20)
    app.invoke({"messages": ["quick"], "budget": 500}, thread)
    print(name, "the quick turn is kept when it is done:", kept(app.get_state(thread)))
    done.set()
    slow.join()
    print(name, "the quick turn is kept after the slow one:", kept(app.get_state(thread)))
    print(name, "the quick turn is in the history:", any(map(kept, app.get_state_history(thread))))


tried("memory", InMemorySaver())
with SqliteSaver.from_conn_string(sys.argv[1]) as saver:
    tried("SQLite", saver)
PY
venv/bin/python -W ignore ask.py "$folder/threads.db" 2>errors.txt | tee seen.txt || { cat errors.txt; exit 1; }
diff seen.txt - <<'TXT'
memory the quick turn is kept when it is done: True
memory the quick turn is kept after the slow one: False
memory the quick turn is in the history: True
SQLite the quick turn is kept when it is done: True
SQLite the quick turn is kept after the slow one: False
SQLite the quick turn is in the history: True
TXT
echo "As described."
