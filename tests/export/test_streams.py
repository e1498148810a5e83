"""Files that are sent while they are made, so many at a time."""

from collections.abc import Iterator

import pytest

from articles.export.streams import MOST, BusyError, Stream


def pieces(closed: list[str] | None = None) -> Iterator[bytes]:
    try:
        yield b"a"
        yield b"b"
    finally:
        if closed is not None:
            closed.append("closed")


def broken() -> Iterator[bytes]:
    yield b"a"
    raise ValueError("gone")


def failing() -> Iterator[bytes]:
    raise ValueError("not even begun")
    yield b""


def all_are_free() -> bool:
    held = [Stream(pieces()) for _ in range(MOST)]
    for each in held:
        each.close()
    return len(held) == MOST


def test_a_stream_is_what_was_made() -> None:
    assert b"".join(Stream(pieces())) == b"ab"
    assert b"".join(Stream(iter(()))) == b""
    assert all_are_free()


def test_one_too_many_is_refused_until_another_ends() -> None:
    held = [Stream(pieces()) for _ in range(MOST)]

    with pytest.raises(BusyError):
        Stream(pieces())
    assert b"".join(held[0]) == b"ab"
    held[1].close()
    held[1].close()
    again = [Stream(pieces()), Stream(pieces())]
    with pytest.raises(BusyError):
        Stream(pieces())
    for each in (*held, *again):
        each.close()

    assert all_are_free()


def test_one_that_is_not_read_to_its_end_lets_go() -> None:
    closed: list[str] = []
    stream = Stream(pieces(closed))

    stream.close()

    assert closed == ["closed"]
    assert all_are_free()


def test_one_that_breaks_lets_go_and_says_so() -> None:
    with pytest.raises(ValueError, match="not even begun"):
        Stream(failing())
    stream = Stream(broken())
    with pytest.raises(ValueError, match="gone"):
        list(stream)

    assert all_are_free()


def test_one_that_is_dropped_lets_go() -> None:
    for _ in range(2 * MOST):
        Stream(pieces())

    assert all_are_free()
