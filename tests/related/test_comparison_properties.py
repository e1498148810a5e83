"""What holds of every comparison."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.related.comparing.comparison import Comparison, Fate, Run, Text, as_data, compare
from articles.related.comparing.comparison_words import tokens
from articles.related.matching.folding import folded
from articles.text import Block, BlockKind, compose

# How long a machine takes, busy with what else, says nothing of a comparison.
calmly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
# Few words, so that texts share many; with marks, spellings, accents and several scripts.
_LINE = (
    "the a of Ministry ministry, honor honour café cafe “said” web site website web-site 2,000 $5 "
    "5% don't don’t — … 中国 人 كِتَاب كتاب 🌧️ U.S. (no) [FULL *** e\u0301 İstanbul ﬁn fin"
)
_WORDS = st.sampled_from(_LINE.split())
_PARAGRAPHS = st.lists(_WORDS, min_size=1, max_size=14).map(" ".join)
_KINDS = st.sampled_from(list(BlockKind))


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Text, Text]:
    """Return a text and what an editor may have made of it."""
    paragraphs = draw(st.lists(_PARAGRAPHS, max_size=7))
    edited = list(paragraphs)
    for _ in range(draw(st.integers(0, 5))):
        at = draw(st.integers(0, max(0, len(edited) - 1)))
        match draw(st.sampled_from(["cut", "add", "move", "join", "reword", "repeat"])):
            case "cut":
                del edited[at : at + 1]
            case "add":
                edited.insert(at, draw(_PARAGRAPHS))
            case "move" if edited:
                edited.insert(draw(st.integers(0, len(edited))), edited.pop(at))
            case "join" if edited:
                edited[at : at + 2] = [" ".join(edited[at : at + 2])]
            case "reword" if edited:
                words = edited[at].split()
                words[draw(st.integers(0, len(words) - 1))] = draw(_WORDS)
                edited[at] = " ".join(words)
            case "repeat" if edited:
                edited.insert(at, edited[at])
            case _:
                pass
    kinds = [draw(_KINDS) for _ in range(3)]
    return _text(paragraphs, kinds), _text(edited, kinds[::-1] if draw(st.booleans()) else kinds)


def _text(paragraphs: list[str], kinds: list[BlockKind]) -> Text:
    composed = compose(
        Block(kinds[n] if n < len(kinds) else BlockKind.PARAGRAPH, words)
        for n, words in enumerate(paragraphs)
    )
    return Text(composed.text, composed.spans)


def _runs(found: Comparison, *, second: bool) -> list[Run]:
    return [run for row in found.rows for run in (row.second_runs if second else row.first_runs)]


@given(pairs())
@calmly
def test_runs_tile_their_blocks_and_each_block_is_in_one_row(pair: tuple[Text, Text]) -> None:
    found = compare(*pair)

    for second, text in enumerate(pair):
        numbers = [row.second if second else row.first for row in found.rows]
        assert [n for n in numbers if n is not None] == list(range(len(text.spans)))
        for row in found.rows:
            number, runs = (row.second, row.second_runs) if second else (row.first, row.first_runs)
            if number is None:
                assert runs == ()
                continue
            span = text.spans[number]
            edges = [run.start for run in runs] + [span.end]
            assert edges[0] == span.start
            assert [run.end for run in runs] == edges[1:]
            assert all(run.start < run.end for run in runs)


@given(pairs())
@calmly
def test_what_is_shared_names_the_same_places_on_both_sides(pair: tuple[Text, Text]) -> None:
    found = compare(*pair)

    ours = {(run.start, run.end, run.other, run.fate) for run in _runs(found, second=False)}
    theirs = {(run.other, (run.start, run.end), run.fate) for run in _runs(found, second=True)}
    shared = {((start, end), other, fate) for start, end, other, fate in ours if other}
    assert shared == {each for each in theirs if each[0]}
    assert {fate for _, _, other, fate in ours if not other} <= {Fate.CUT}
    assert {run.fate for run in _runs(found, second=True) if not run.other} <= {Fate.ADDED}


@given(pairs())
@calmly
def test_the_difference_applied_to_one_text_gives_the_other(pair: tuple[Text, Text]) -> None:
    first, second = pair
    found = compare(first, second)

    # All that an editor needs: the first text, where words are kept, and the words that are not.
    edits = [
        (run.other, _space_after(second, run))
        if run.other and run.is_exact
        else second.text[run.start : run.end]
        for run in _runs(found, second=True)
    ]
    made = "".join(
        edit if isinstance(edit, str) else first.text[slice(*edit[0])].rstrip() + edit[1]
        for edit in edits
    )

    assert made == "".join(second.text[span.start : span.end] for span in second.spans)


def _space_after(text: Text, run: Run) -> str:
    words = text.text[run.start : run.end]
    return words[len(words.rstrip()) :]


@given(pairs())
@calmly
def test_shared_words_are_equal_as_words_are_compared(pair: tuple[Text, Text]) -> None:
    first, second = pair

    for run in _runs(compare(first, second), second=False):
        if not run.other:
            continue
        ours = _keys(first, run.start, run.end)
        theirs = _keys(second, *run.other)
        if len(ours) == len(theirs):
            assert [key.replace("-", "") for key in ours] == [k.replace("-", "") for k in theirs]
        else:
            assert run.fate is Fate.RESPELLED
            assert "".join(ours).replace("-", "") == "".join(theirs).replace("-", "")


def _keys(text: Text, start: int, end: int) -> list[str]:
    found = tokens(text.text, text.spans)
    return [key for key, at in zip(found.keys, found.starts, strict=True) if start <= at < end]


@given(pairs())
@calmly
def test_the_summary_counts_every_word_once(pair: tuple[Text, Text]) -> None:
    found = compare(*pair).summary

    for side in (found.first, found.second):
        assert side.kept + side.respelled + side.moved + side.lone == side.words
        assert 0 <= side.share <= 1


@given(_PARAGRAPHS)
@calmly
def test_a_text_is_the_same_as_itself(words: str) -> None:
    text = _text([words, words], [])

    assert compare(text, text).is_same


@given(st.text(max_size=200), st.text(max_size=200))
@settings(calmly, max_examples=200)
def test_any_text_at_all_can_be_compared(first: str, second: str) -> None:
    one = _text([folded(first), first], [])
    other = _text([second], [BlockKind.NOTE])

    assert as_data(compare(one, other))["summary"]["is_whole"]
