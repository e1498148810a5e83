"""What a browser calls a place in a text, and what everyone else calls it, is the same place."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from articles.text import Block, BlockKind, Composed, compose
from tests.journeys.conftest import Complaints

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Characters that have gone wrong elsewhere: outside the basic plane, joined, combining, from right
# to left, without spaces between words, invisible, special to HTML.
ODD = (
    "😀", "👩\u200d👩\u200d👧\u200d👦", "🇫🇷", "👍🏽", "𝒜", "e\u0301", "o\u0323\u0302",
    "ש", "سلام", "عربي", "中文", "記者", "नमस्ते", "\u200f", "\u202e", "\ufeff", "\u00a0",
    "\u2009", "’", "<b>", "&amp;", "&", '"', " ", " ", "\n", "a", "Bee", "O’Neill", "U.S.",
    "—", "0",
)  # fmt: skip
words = st.lists(st.sampled_from(ODD) | st.text(max_size=4), max_size=12).map("".join)
KINDS = (BlockKind.DATELINE, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.CAPTION)


@st.composite
def texts(draw: st.DrawFn) -> Composed:
    """Draw a text of several blocks, composed as any article's is."""
    blocks = [Block(BlockKind.HEADLINE, draw(words))]
    blocks += draw(st.lists(st.builds(Block, st.sampled_from(KINDS), words), max_size=4))
    return compose(blocks)


# Builds a page as the server does: blocks that bear their places, cut at ``borders`` into spans,
# with words that are no part of the text between them. Returns what each place is called.
BUILD = """
async ({ blocks, borders, asked }) => {
  const { Text } = await import("/static/js/tagging/offsets.js");
  const root = document.createElement("article");
  for (const { start, end, text } of blocks) {
    const paragraph = document.createElement("p");
    const block = document.createElement("span");
    Object.assign(block.dataset, { start, end });
    let at = 0;
    const points = [...text];
    for (const border of [...borders.filter((b) => b > 0 && b < points.length), points.length]) {
      const span = document.createElement("span");
      span.className = "mention";
      span.append(points.slice(at, border).join(""));
      const label = document.createElement("span");
      label.className = "visually-hidden";
      label.append(" 😀 person");
      const key = document.createElement("kbd");
      key.append("p");
      block.append(span, label, key);
      at = border;
    }
    paragraph.append("  ", block, " ");
    root.append(paragraph);
  }
  document.body.replaceChildren(root);
  const text = new Text(root);
  return asked.map(([start, end]) => {
    const range = text.rangeOf(start, end);
    const found = text.offsetsOf(range);
    const copy = range.cloneContents();
    for (const each of copy.querySelectorAll(".visually-hidden, kbd")) each.remove();
    return { found, words: text.slice(start, end), shown: copy.textContent };
  });
}
"""


@pytest.fixture
def blank(page: Page, live_server: LiveServer, complaints: Complaints) -> Page:
    # A file of ours without a policy or an icon: what is under test is brought to it.
    complaints.expect("favicon.ico")
    page.goto(f"{live_server.url}/static/js/tagging/offsets.js")
    return page


def blocks_of(composed: Composed) -> list[dict[str, Any]]:
    return [
        {"start": span.start, "end": span.end, "text": composed.text[span.start : span.end]}
        for span in composed.spans
    ]


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(composed=texts(), data=st.data())
def test_a_browser_names_places_in_a_text_as_the_server_does(
    blank: Page, composed: Composed, data: st.DataObject
) -> None:
    if not composed.text:
        return
    inside = st.sampled_from([n for span in composed.spans for n in range(span.start, span.end)])
    asked = [
        sorted((data.draw(inside), data.draw(inside))) for _ in range(data.draw(st.integers(1, 6)))
    ]
    asked = [[start, end + 1] for start, end in asked]
    borders = data.draw(st.lists(st.integers(0, 20), max_size=4).map(sorted))

    told = blank.evaluate(
        BUILD, {"blocks": blocks_of(composed), "borders": borders, "asked": asked}
    )

    for (start, end), answer in zip(asked, told, strict=True):
        words = composed.text[start:end]
        assert answer["words"] == words
        assert answer["found"] == [start, end]
        within = [
            composed.text[max(start, span.start) : min(end, span.end)] for span in composed.spans
        ]
        # What a range covers between paragraphs is white space of the page's own.
        assert "".join(answer["shown"].split()) == "".join("".join(within).split())


SNAP = """
async ({ blocks, language, asked }) => {
  const { Text } = await import("/static/js/tagging/offsets.js");
  const { Words } = await import("/static/js/tagging/words.js");
  const root = document.createElement("article");
  for (const { start, end, text } of blocks) {
    const block = document.createElement("p");
    Object.assign(block.dataset, { start, end });
    block.append(text);
    root.append(block);
  }
  document.body.replaceChildren(root);
  const words = new Words(new Text(root), language);
  return asked.map(([start, end, isExact]) => words.snap(start, end, isExact));
}
"""


@pytest.mark.parametrize(
    ("text", "language", "chosen", "meant"),
    [
        ("Then Ann Lee spoke.", "en", "nn L", "Ann Lee"),
        ("Then Ann Lee spoke.", "en", " Ann Lee ", "Ann Lee"),
        ("😀 met O’Neill, 👍🏽", "en", "Nei", "O’Neill"),
        ("قال محمد علي أمس", "ar", "حمد عل", "محمد علي"),
        ("記者王小明報導", "zh", "王小明", "王小明"),
        ("q\u0301tude", "not a language", "u", "q\u0301tude"),
        ("one, two", "en", ", ", ","),
    ],
)
def test_a_selection_snaps_to_whole_words(
    blank: Page, text: str, language: str, chosen: str, meant: str
) -> None:
    composed = compose([Block(BlockKind.PARAGRAPH, text)])
    start = composed.text.index(chosen)
    asked = [[start, start + len(chosen), False], [start, start + len(chosen), True]]

    snapped, exact = blank.evaluate(
        SNAP, {"blocks": blocks_of(composed), "language": language, "asked": asked}
    )

    assert composed.text[slice(*snapped)] == meant
    assert composed.text[slice(*exact)] == chosen.strip()


def test_a_selection_of_white_space_alone_is_none(blank: Page) -> None:
    composed = compose([Block(BlockKind.PARAGRAPH, "a b"), Block(BlockKind.PARAGRAPH, "c")])

    told = blank.evaluate(
        SNAP, {"blocks": blocks_of(composed), "language": "en", "asked": [[1, 2, False]]}
    )

    assert told == [None]
