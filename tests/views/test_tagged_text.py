"""What is tagged, set into a text: every character once, every mention on exactly its own."""

from collections.abc import Sequence
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from articles.search.marking import Mark
from articles.views.tagging.tagged_text import Tag, TaggedText

# What goes wrong elsewhere: pairs of surrogates, joiners, marks, both directions, markup, entities.
PIECES = (
    "a",
    "b ",
    "<script>alert(1)</script>",
    "&amp;",
    '"',
    "'",
    "👩‍👩‍👧‍👦",
    "🇰🇿",
    "e\u0301",
    "\u202eגבר\u202c",
    "شي جين بينغ",
    "中国",
    "\u200b",
    "\n",
    "  ",
)


class Reader(HTMLParser):
    """Reads back characters, each with the ids of the mentions that it bears and its hit."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.read: list[tuple[str, tuple[int, ...], str]] = []
        self.open: list[dict[str, str]] = []
        self.deepest = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in {"span", "mark"}
        self.open.append({name: value or "" for name, value in attrs})
        self.deepest = max(self.deepest, sum("data-m" in each for each in self.open))

    def handle_endtag(self, tag: str) -> None:
        assert tag in {"span", "mark"}
        self.open.pop()

    def handle_data(self, data: str) -> None:
        ids = next((e["data-m"] for e in reversed(self.open) if "data-m" in e), "")
        hit = next((e["data-hit"] for e in self.open if "data-hit" in e), "")
        self.read += [(char, tuple(map(int, ids.split())), hit) for char in data]


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert not reader.open
    return reader


@st.composite
def tagged_texts(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]], list[Tag], list[Mark]]:
    """Draw blocks of a text, tags anywhere (also over borders), disjoint hits within blocks."""
    blocks = draw(
        st.lists(
            st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join),
            min_size=1,
            max_size=4,
        )
    )
    spans, at = [], 0
    for block in blocks:
        spans.append((at, at + len(block)))
        at += len(block) + 2
    text = "\n\n".join(blocks)
    place = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).filter(
        lambda pair: pair[0] != pair[1]
    )
    tags = [
        Tag(
            number,
            min(pair),
            max(pair),
            colour=number % 12,
            letter="<p>"[number % 3],
            title='"<b>&',
            is_suggested=suggested,
            is_passage=passage,
        )
        for number, (pair, suggested, passage) in enumerate(
            draw(st.lists(st.tuples(place, st.booleans(), st.booleans()), max_size=9)), 1
        )
    ]
    marks: list[Mark] = []
    for start, end in spans:
        cuts = sorted(set(draw(st.lists(st.integers(start, end), max_size=4))))
        for left, right in zip(cuts[::2], cuts[1::2], strict=False):
            marks.append(Mark(left, right, len(marks) + 1, "body"))
    return text, spans, tags, marks


def plain(text: str, spans: Sequence[tuple[int, int]], tags: Sequence[Tag]) -> list[str]:
    return [html for _, html in TaggedText(text, tags).blocks(spans)]


@given(tagged_texts())
def test_the_words_are_the_words_and_each_mention_is_on_its_own_characters(
    drawn: tuple[str, list[tuple[int, int]], list[Tag], list[Mark]],
) -> None:
    text, spans, tags, marks = drawn
    outermost_first = sorted(tags, key=lambda tag: (tag.start, -tag.end, tag.id))

    for number, html in TaggedText(text, tags).blocks(spans, marks):
        reader = read(html)
        start, end = spans[number]

        assert reader.deepest <= 1
        assert "".join(char for char, _, _ in reader.read) == text[start:end]
        for place, (_, ids, hit) in enumerate(reader.read, start):
            assert ids == tuple(t.id for t in outermost_first if t.start <= place < t.end)
            assert hit == next((str(m.hit) for m in marks if m.start <= place < m.end), "")


@given(tagged_texts())
def test_some_blocks_are_drawn_as_all_are(
    drawn: tuple[str, list[tuple[int, int]], list[Tag], list[Mark]],
) -> None:
    text, spans, tags, marks = drawn
    whole = dict(TaggedText(text, tags).blocks(spans, marks))

    for number, html in whole.items():
        alone = dict(TaggedText(text, tags).blocks(spans, marks, only=frozenset({number})))
        assert alone == {number: html}


@given(tagged_texts())
def test_each_mention_has_a_place_to_go_to(
    drawn: tuple[str, list[tuple[int, int]], list[Tag], list[Mark]],
) -> None:
    text, spans, tags, _ = drawn
    tagged = TaggedText(text, tags)
    html = "".join(words for _, words in tagged.blocks(spans))

    for tag in tags:
        seen = any(start <= tag.start < end for start, end in spans)
        assert html.count(f' id="{tagged.first[tag.id]}"') == seen


def test_what_overlaps_has_lines_of_its_own_and_keeps_to_them() -> None:
    tags = [Tag(1, 0, 6, 0, "p"), Tag(2, 4, 9, 1, "o"), Tag(3, 8, 10, 2, "l")]

    [html] = plain("abcdefghij", [(0, 10)], tags)

    assert 'class="mention d1 m0 t0" data-m="1"' in html
    assert 'class="mention d2 m0 n1 t1 td" data-m="1 2" data-k="p"' in html
    assert 'class="mention d2 n1 m2 t2 td" data-m="2 3" data-k="o"' in html
    assert 'class="mention d1 m2 t2" data-m="3" data-k="l"' in html


def test_suggestions_are_drawn_apart_from_what_people_made() -> None:
    tags = [Tag(1, 0, 4, 0, "p", is_suggested=True), Tag(2, 2, 6, 1, "o")]

    [html] = plain("abcdef", [(0, 6)], tags)

    assert 'class="mention d1 m0 ms is-suggested" data-m="1"' in html
    assert 'class="mention d2 m0 ms n1 t1" data-m="1 2"' in html


def test_a_passage_is_tinted_between_its_ends() -> None:
    tags = [Tag(1, 0, 6, 5, "f", is_passage=True), Tag(2, 2, 4, 0, "p")]

    [html] = plain("abcdef", [(0, 6)], tags)

    assert 'class="mention d1 p5 p-begins" data-m="1"' in html
    assert 'class="mention d2 p5 m0 t0" data-m="1 2"' in html
    assert 'class="mention d1 p5 p-ends" data-m="1"' in html


def test_thousands_at_one_place_are_drawn_without_going_through_them_for_each() -> None:
    text = "word " * 20_000
    tags = [Tag(n, n * 5, n * 5 + 4, n % 12, "p") for n in range(20_000)]

    [html] = plain(text, [(0, len(text))], tags)

    assert html.count("data-m=") == 20_000
