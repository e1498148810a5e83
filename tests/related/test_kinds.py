import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.models.links import OF_TEXT
from articles.related.matching.alignment import Alignment
from articles.related.matching.kinds import kind_of


def _aligned(words: int, longest: int, first: int, second: int) -> Alignment:
    return Alignment((), words, longest, words / first, words / second)


@given(
    lengths=st.tuples(st.integers(1, 5_000), st.integers(1, 5_000)),
    part=st.floats(0, 1),
    run=st.floats(0, 1),
)
def test_every_alignment_has_one_kind_or_none(
    lengths: tuple[int, int], part: float, run: float
) -> None:
    words = round(min(lengths) * part)
    alignment = _aligned(words, round(words * run), *lengths)

    kind = kind_of(alignment)

    assert kind is None or kind in {each.value for each in OF_TEXT}
    assert kind == kind_of(alignment.mirrored())


@pytest.mark.parametrize(
    ("words", "longest", "first", "second", "kind"),
    [
        (0, 0, 400, 400, None),
        (400, 400, 400, 400, "same_text"),
        (330, 40, 400, 410, "same_text"),
        # The pair that the project began with: .74 of the shorter.
        (331, 58, 870, 372, "edited_version"),
        (46, 15, 130, 200, "edited_version"),
        (45, 15, 130, 200, None),
        (60, 14, 130, 200, None),
        (60, 60, 60, 400, "excerpt"),
        (60, 60, 500, 400, "quoted_passage"),
        (50, 50, 10_000, 9_000, "quoted_passage"),
        (49, 15, 100, 1_000, "quoted_passage"),
        # What is no text: a line of credit, alike in all.
        (5, 5, 5, 5, None),
        # A short item, whole.
        (30, 30, 30, 31, "same_text"),
    ],
)
def test_kinds_follow_from_words_and_shares(
    words: int, longest: int, first: int, second: int, kind: str | None
) -> None:
    assert kind_of(_aligned(words, longest, first, second)) == kind
