"""The guide for admins says what the policy says: its table of roles is read and compared."""

import re

import pytest
from django.conf import settings

from articles.models import Access, Act, Role
from tests.access.policy import API, PAGES, Line, Need

GUIDE = (settings.BASE_DIR / "docs" / "accounts.md").read_text()
# What a row of the table says, and addresses that do it.
ROWS: dict[str, list[tuple[Line, str]]] = {
    "find articles, see what they are, cite them": [
        (PAGES["article-detail"], "GET"), (PAGES["article-cite"], "GET"),
    ],
    "read texts, captures and what became of them": [
        (PAGES["version-detail"], "GET"), (PAGES["version-changes"], "GET"),
        (PAGES["capture-raw"], "GET"), (API["capture-bytes"], "GET"),
    ],
    "see imports and their reports": [
        (PAGES["import-detail"], "GET"), (PAGES["import-report"], "GET"),
    ],
    "see who the members are, and the history": [
        (PAGES["corpus-members"], "GET"), (PAGES["operation-detail"], "GET"),
        (API["member-list"], "GET"),
    ],
    "collect articles, draw samples of them, and undo that": [
        (PAGES["collection-add"], "POST"), (PAGES["collection-sample"], "POST"),
    ],
    "import, try again, cancel": [
        (PAGES["import-new"], "POST"), (PAGES["import-retry"], "POST"),
        (PAGES["import-cancel"], "POST"), (API["import-list"], "POST"),
    ],
    "correct, split, join, merge, choose a version, and undo that": [
        (PAGES["article-edit"], "POST"), (PAGES["article-split"], "POST"),
        (PAGES["article-join"], "POST"), (PAGES["source-merge"], "POST"),
        (PAGES["version-choose"], "POST"), (PAGES["operation-undo"], "POST"),
    ],
    "change name, description and access, and undo that": [
        (PAGES["corpus-settings"], "POST"), (API["corpus-detail"], "PATCH"),
    ],
    "add, invite, change and remove members, and undo that": [
        (PAGES["member-add"], "POST"), (PAGES["corpus-invite"], "POST"),
        (PAGES["member-role"], "POST"), (PAGES["member-remove"], "POST"),
        (API["member-list"], "POST"), (API["invitation-list"], "POST"),
    ],
    "tag": [(PAGES["tag-list"], "POST"), (API["mention-list"], "POST")],
    "make a corpus": [(PAGES["corpus-new"], "POST"), (API["corpus-list"], "POST")],
}  # fmt: skip
SAID = {
    Need.KNOW: "anyone, where the corpus is open or licensed; else a viewer",
    Need.READ: "anyone, where the corpus is open; else a viewer",
    Need.READ_AS_SOMEONE: "logged in, where the corpus is open; else a viewer",
    Need.VIEWER: "viewer",
    Need.ANNOTATOR: "annotator",
    Need.EDITOR: "editor",
    Need.ADMIN: "admin",
    Need.MAKER: "admin of any corpus, or superuser",
}
TABLE = dict(re.findall(r"^\| ([a-z][^|]*) \| ([^|]*) \|$", GUIDE, re.MULTILINE))


@pytest.mark.parametrize("row", list(ROWS))
def test_a_row_of_the_guide_says_what_the_policy_says(row: str) -> None:
    for line, method in ROWS[row]:
        need = line.need(method)

        assert need is not None
        assert TABLE[row] == SAID[need]


def test_every_row_of_the_guide_is_compared() -> None:
    assert TABLE.keys() == ROWS.keys()


def test_the_guide_and_the_acts_agree_on_who_undoes_what() -> None:
    assert {act for act in Act if act.role is Role.ADMIN} == {Act.CORPUS, Act.MEMBERS}
    assert {act for act in Act if act.role is Role.VIEWER} == {Act.COLLECT}
    assert {act.role for act in Act} == set(Role)


@pytest.mark.parametrize("word", ["Open", "Licensed", "Members only"])
def test_the_guide_explains_each_access(word: str) -> None:
    assert len(Access) == 3
    assert f"| **{word}** |" in GUIDE
