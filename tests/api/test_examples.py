"""The examples in the documentation run as they are printed."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User

from articles.models import ApiToken, Corpus
from tests.factories import make_article, make_source

_BLOCK = re.compile(r"^```(sh|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXAMPLES = _BLOCK.findall((settings.BASE_DIR / "docs" / "api.md").read_text())
# What the output of some of them must hold, by their order.
EXPECTED = {
    0: '"results":[{',
    1: "1932-03-19 Harbour bridge opens",
    2: "headline | Harbour bridge opens",
    3: "304",
    4: '"total":1',
    5: 'lang:"en" English 1',
    6: '"meant":"bridge date:1932-02-29"',
    7: "Harbour bridge opens after nine years,1932-03-19",
    8: "1 of 1 articles drawn\njsonl queued",
    9: "Newsroom-Outcome: stored",
    10: "1 failed None {'published'",
    11: "HTTP/1.1 202 Accepted",
    12: "queued",
    13: "Undone: Section: Home news",
    14: "201 Harbour\n400 {'quote'",
    15: "edited_version accepted",
    16: "/invitations/",
    17: "201\n201\n",
    18: '"errors":{"published_after"',
}


def test_there_are_examples() -> None:
    assert len(EXAMPLES) == len(EXPECTED)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_an_example_runs(
    live_server: Any,
    corpus: Corpus,
    superuser: User,
    tmp_path: Path,
    index: Callable[[], int],
    number: int,
) -> None:
    make_article(corpus, source=make_source(corpus))
    index()
    _, token = ApiToken.issue(user_id=superuser.pk, name="docs")
    language, code = EXAMPLES[number]
    command = ["bash", "-eu"] if language == "sh" else [sys.executable, "-W", "error"]

    ran = subprocess.run(
        [*command, "-c", code],
        cwd=tmp_path,
        # No worker runs here, so nobody waits for one.
        env={**os.environ, "NEWSROOM": live_server.url, "TOKEN": token, "PATIENCE": "0"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr
    assert EXPECTED[number] in ran.stdout, ran.stdout + ran.stderr
