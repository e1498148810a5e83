"""Windows on text: the same lines, however a file is cut into chunks."""

import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.views.reading import capture_text
from articles.views.reading.capture_text import Place, read_place, window

LINE = "A line of some words, and a few more.".ljust(99)


def _shown(content: bytes, place: Place) -> dict[int, str]:
    found = window(io.BytesIO(content), place, media_type="", by_capture_lines=False)
    return {line.number: "".join(part.text for part in line.parts) for line in found.lines}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old-mac"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_a_line_far_behind_keeps_its_number(end: str, encoding: str) -> None:
    count = 30_000
    content = end.join(f"é{number} {LINE}" for number in range(1, count + 1)).encode(encoding)

    for number in (1, 61, 10_485, 10_486, 20_971, count):
        shown = _shown(content, Place(number, number))

        # Which letter it is in an encoding that nothing names, is another matter.
        assert shown[number].split()[0][1:] == str(number)


@given(
    pieces=st.lists(st.sampled_from(["\r", "\n", "\r\n", "a", "é", ""]), max_size=60),
    chunk=st.integers(1, 7),
    start=st.integers(1, 40),
)
@example(pieces=["\r", "\r\n", "a"], chunk=1, start=4)
def test_lines_are_the_same_however_they_are_cut(pieces: list[str], chunk: int, start: int) -> None:
    text = "".join(pieces)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(capture_text, "_CHUNK", chunk)
        patch.setattr(capture_text, "_SKIPPED", chunk)
        patch.setattr(capture_text, "AROUND", 0)
        shown = _shown(text.encode(), Place(start, start))

    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    expected = lines[start - 1] if start <= len(lines) else ""
    assert shown.get(start, "") == expected


@pytest.mark.parametrize(
    ("locator", "place"),
    [
        ("lines 3-9", Place(3, 9)),
        ("line 7", Place(7, 7)),
        ("lines 9-3", Place(9, 9)),
        ("line 0", Place()),
        ("line 07", Place()),
        ("record 4", Place()),
        ("", Place()),
    ],
)
def test_a_locator_names_its_lines(locator: str, place: Place) -> None:
    assert read_place(locator) == place
