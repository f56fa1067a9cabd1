"""Prometheus: its configuration, when each alert goes off, and that what they speak of is measured."""

import re
import subprocess

import pytest
from apiflask import APIFlask

from ai.budgets.figures import Figures as Budgets
from scripts.programs import PROMTOOL
from scripts.shell import ROOT
from servicekit import observe
from servicekit.events.figures import Figures

FOLDER = ROOT / "compose" / "prometheus"


@pytest.mark.parametrize(
    "words",
    [
        ("check", "config", "--lint-fatal", "prometheus.yml"),
        ("check", "rules", "--lint-fatal", "alerts.yml"),
        ("test", "rules", "alerts.test.yml"),
    ],
    ids=" ".join,
)
def test_promtool_finds_nothing(words: tuple[str, ...]) -> None:
    done = subprocess.run([PROMTOOL.path, *words], cwd=FOLDER, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_the_alerts_speak_of_is_measured() -> None:
    app = APIFlask("measured")
    observe.install(app, {})
    app.test_client().get("/healthz")
    measured = set(re.findall(r"^(\w+)\{", app.test_client().get("/metrics").text, re.MULTILINE))
    figures = Figures()
    figures.registry.register(Budgets().refusals)
    for metric in figures.registry.collect():
        measured.add(f"{metric.name}_total" if metric.type == "counter" else metric.name)
    named = set(
        re.findall(r"\b(?:http|events|ai_budget)_\w+", (FOLDER / "alerts.yml").read_text(encoding="utf-8"))
    )
    assert {"http_requests_total", "http_request_seconds_bucket", "events_dead_letters"} <= named <= measured
