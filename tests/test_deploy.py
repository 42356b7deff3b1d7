"""What deploy/ says of settings, metrics and programs is true of this code.

Nothing here starts Docker, Kubernetes, Grafana or Prometheus.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import promql_parser
import pytest
import yaml
from click import Group
from prometheus_client.parser import text_string_to_metric_families

from itinerary_app.app import create_app
from itinerary_app.config import SECRETS, Settings
from itinerary_app.errors import ConfigurationError
from tests.conftest import ROOT
from tests.web.talk import WISH, Caller

DEPLOY = ROOT / "deploy"
FILES = sorted(it for it in DEPLOY.rglob("*") if it.is_file() and it.suffix != ".png")
README = (ROOT / "README.md").read_text()
TOKEN = "a token of its own"
UNITS = sorted((DEPLOY / "systemd").glob("itinerary-*"))
COMMAND = re.compile(r"flask,? --app,? wsgi[ ,]([^\n`#;&|<>\])$.]*)")
FOREIGN = re.compile(  # variables of others
    r"OTEL_\w+|POSTGRES_\w+|PYTHON\w+|PATH|PROMETHEUS_MULTIPROC_DIR|ITINERARY_WORKER|SITE"
    r"|ON_ERROR_STOP|BENCH|CHAOS_SECONDS"
)


def documents(path: Path) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all(path.read_text()))


def mappings(node: Any) -> Iterator[dict[str, Any]]:
    """All that are inside, the outer ones first."""
    if isinstance(node, dict):
        yield node
    for inner in node.values() if isinstance(node, dict) else node:
        if isinstance(inner, dict | list):
            yield from mappings(inner)


COMPOSE = documents(DEPLOY / "compose" / "compose.yaml")[0]
MANIFESTS = [
    it for path in sorted((DEPLOY / "kubernetes").iterdir()) for it in documents(path)
]


def test_every_setting_exists() -> None:
    """A variable in any of these files is one of the app's, or of the other program
    there.
    """
    table = README.split("| variable |")[1].split("\n\n")[0]
    settings = set(re.findall(r"`([A-Z_]+)`", table)) | {f"{it}_FILE" for it in SECRETS}
    named = {
        name
        for path in FILES
        for line in path.read_text().splitlines()
        if not line.lstrip().startswith("#")
        for name in re.findall(r"\b([A-Z][A-Z_]{3,})(?:=|: )", line)
    }
    assert not {it for it in named - settings if not FOREIGN.fullmatch(it)}


def test_the_settings_start_the_app(tmp_path: Path) -> None:
    """Those of systemd, compose and Kubernetes are accepted as they stand."""
    lines = (DEPLOY / "systemd" / "environment").read_text().splitlines()
    unit = dict(it.split("=", 1) for it in lines if not it.startswith("#"))
    pods = next(it["data"] for it in MANIFESTS if it["kind"] == "ConfigMap")
    for given in (unit, pods, COMPOSE["services"]["app-1"]["environment"]):
        env = {
            name: value
            for name, value in given.items()
            if not name.endswith("_FILE") and "$" not in value
        }
        read = Settings.from_env({**env, "SECRET_KEY": "0123456789abcdef" * 3})
        assert read.trusted_proxies == 1
        with pytest.raises(ConfigurationError, match="_FILE points to"):
            Settings.from_env(given)


def test_every_command_exists() -> None:
    """`flask --app wsgi …` in these files and in README names commands and options
    that there are.
    """
    app = create_app(
        Settings(environment="development", secret_key="x" * 40, storage_url="memory:")
    )
    texts = [path.read_text() for path in FILES] + [README]
    found = [
        re.split(r"[\s,]+", it.replace('"', "").strip(" ,"))
        for text in texts
        for it in COMMAND.findall(text)
    ]
    assert len(found) > 10
    for words in found:
        command: Any = app.cli
        while isinstance(command, Group) and words and words[0] in command.commands:
            command = command.commands[words.pop(0)]
        if words and words[0] == "shell":
            continue
        assert command is not app.cli, words
        known = {it for option in command.params for it in option.opts}
        assert {it for it in words if it.startswith("--")} <= known, words


def queries() -> Iterator[str]:
    for board in (DEPLOY / "grafana").iterdir():
        for panel in json.loads(board.read_text())["panels"]:
            yield from (it["expr"] for it in panel["targets"])
    for path in (DEPLOY / "prometheus").iterdir():
        for group in documents(path)[0]["groups"]:
            yield from (it["expr"] for it in group["rules"])


@pytest.fixture
def told(database_url: str) -> dict[str, set[str]]:
    """What /metrics tells, with the names of labels, after a trip and a sweep."""
    app = create_app(
        Settings(
            environment="development",
            secret_key="x" * 40,
            storage_url=database_url,
            metrics_token=TOKEN,
        )
    )
    caller = Caller(app.test_client())
    caller.say(caller.begin(), WISH)
    assert app.test_cli_runner().invoke(args=["sessions", "sweep"]).exit_code == 0
    answer = app.test_client().get(
        "/metrics", headers={"Authorization": f"Bearer {TOKEN}"}
    )
    found: dict[str, set[str]] = {}
    for family in text_string_to_metric_families(answer.text):
        # One that nothing was counted of yet has no sample, and no labels to see.
        suffixes = ("_bucket", "_count", "_sum", "_total", "")
        for name in (family.name + it for it in suffixes):
            if not family.samples:
                found[name] = {"level", "logger"}
        for sample in family.samples:
            found.setdefault(sample.name, set()).update(sample.labels)
    return found


def test_every_query_can_be_answered(told: dict[str, set[str]]) -> None:
    """PromQL that its own grammar accepts, over metrics and labels that there are."""
    for query in queries():
        text = query.replace("$__rate_interval", "5m")
        promql_parser.parse(text)
        bare = re.sub(r'"[^"]*"', '""', text)
        names = set(re.findall(r"\b(itinerary_\w+)", bare))
        assert names <= set(told), query
        labels = {
            label
            for inside in re.findall(r"\{([^}]*)\}|by \(([^)]*)\)", bare)
            for label in re.findall(r"\w+", " ".join(inside))
        }
        have = set.union({"job"}, *(told[it] for it in names))
        assert labels <= have, query


def test_each_alert_has_a_remedy() -> None:
    """And each is named once."""
    [rules] = [
        [rule for group in documents(path)[0]["groups"] for rule in group["rules"]]
        for path in (DEPLOY / "prometheus").iterdir()
    ]
    assert all({"summary", "remedy"} <= set(rule["annotations"]) for rule in rules)
    assert len({rule["alert"] for rule in rules}) == len(rules)


def test_compose_holds_together() -> None:
    """What services take from elsewhere in the file, and from files, is there."""
    names = {"secrets", "configs", "volumes", "services"}
    for service in COMPOSE["services"].values():
        taken = {
            "services": service.get("depends_on", {}),
            "secrets": service.get("secrets", []),
            "configs": service.get("configs", []),
        }
        for kind, items in taken.items():
            assert kind in names
            for item in items:
                source = item["source"] if isinstance(item, dict) else item
                assert source in COMPOSE[kind]
    folder = DEPLOY / "compose"
    build = COMPOSE["x-app"]["build"]
    assert (folder / build["context"]).resolve() == ROOT
    assert (ROOT / build["dockerfile"]).exists()
    assert (folder / COMPOSE["configs"]["site"]["file"]).resolve().exists()


def test_the_manifests_hold_together() -> None:
    """Each selects what is there, and takes from secrets and folders that it names."""
    labels = {"app": "itinerary-app"}
    for manifest in MANIFESTS:
        assert {"apiVersion", "kind", "metadata"} <= set(manifest)
        for pod in (it for it in mappings(manifest) if "containers" in it):
            volumes = {it["name"] for it in pod["volumes"]}
            for container in pod["containers"]:
                mounted = {it["name"] for it in container["volumeMounts"]}
                assert mounted <= volumes
            assert pod["securityContext"]["runAsNonRoot"]
        for node in mappings(manifest):
            assert node.get("matchLabels", labels) == labels
    kinds = {it["kind"] for it in MANIFESTS}
    assert kinds == {
        *("ConfigMap", "Deployment", "Service", "PodDisruptionBudget"),
        *("HorizontalPodAutoscaler", "CronJob", "Job"),
    }


def test_the_image_has_all_that_it_copies() -> None:
    """Each file exists and is let through by the ignore file; the user is not root, no
    stage with a compiler or npm is the last.
    """
    text = (DEPLOY / "Dockerfile").read_text()
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
    let_in = [it[1:] for it in ignored if it.startswith("!")]
    last = text.split("\nFROM ")[-1]
    for line in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE):
        for name in line.split():
            assert (ROOT / name).exists(), name
            assert any(name == it or name.startswith(f"{it}/") for it in let_in), name
    assert re.search(r"^USER 10001$", last, re.MULTILINE)
    assert "HEALTHCHECK" in last
    assert "/livez" in last
    assert not re.search(r"apt-get|npm|pip install", last)


@pytest.mark.parametrize("unit", UNITS, ids=lambda it: str(it.name))
def test_systemd_accepts_the_units(unit: Path, tmp_path: Path) -> None:
    """systemd-analyze has nothing to say, with the programs where they are here."""
    program = shutil.which("systemd-analyze")
    if program is None and not os.environ.get("CI"):
        pytest.skip("systemd-analyze is not here")
    assert program, "apt-get install systemd"
    programs = str(Path(sys.executable).parent)
    for each in UNITS:
        text = each.read_text().replace("/opt/itinerary_app/.venv/bin", programs)
        (tmp_path / each.name).write_text(text)
    run = subprocess.run(
        [program, "verify", "--man=no", tmp_path / unit.name],
        capture_output=True,
        text=True,
        check=False,
        env={"SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
    )
    said = [it for it in run.stderr.splitlines() if "itinerary" in it]
    assert (run.returncode, said) == (0, []), run.stderr
