"""A backup that is cut off, damaged or somebody else's is refused with a reason."""

import io
import tarfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.backup import archive
from articles.backup.archive import BadBackupError, Writer, members
from articles.backup.reading import Backup, Nowhere

WHOLE = (Path(__file__).parents[1] / "migrations" / "at-0002.backup").read_bytes()


def _check(data: bytes) -> None:
    Backup(io.BytesIO(data)).read(Nowhere())


def _tar(*entries: tuple[str, bytes], kind: bytes = tarfile.REGTYPE) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as tar:
        for name, data in entries:
            info = tarfile.TarInfo(name)
            info.size, info.type = len(data), kind
            if kind == tarfile.SYMTYPE:
                info.linkname = "/etc/passwd"
            tar.addfile(info, io.BytesIO(data))
    return stream.getvalue()


def _packed(data: bytes) -> bytes:
    return zlib.compress(data, wbits=archive.GZIP)


def test_a_whole_one_is_whole() -> None:
    _check(WHOLE)


@given(st.integers(0, len(WHOLE) - 3 * archive.BLOCK))
def test_one_that_is_cut_off_anywhere_is_refused(length: int) -> None:
    with pytest.raises(BadBackupError):
        _check(WHOLE[:length])


@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_one_with_a_changed_byte_is_refused_or_reads_the_same(place: int, change: int) -> None:
    data = bytearray(WHOLE)
    data[place] ^= change
    expected = list(members(io.BytesIO(WHOLE)))

    try:
        _check(bytes(data))
    except BadBackupError:
        return

    # The byte filled up a block, or was one that tar does not look at.
    assert list(members(io.BytesIO(data))) == expected


@given(st.binary(max_size=3000))
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(BadBackupError):
        _check(data)


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/cron.d/x", "/etc/passwd", "captures/../../x", "tables/../x.000001.gz",
        "captures/aa/" + "b" * 64 + ".000001.gz", "tables/A.000001.gz", "x\x00y",
    ],
)  # fmt: skip
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    with pytest.raises(BadBackupError):
        list(members(io.BytesIO(_tar((name, _packed(b""))))))


def test_links_are_refused() -> None:
    data = _tar(("header.json", b""), kind=tarfile.SYMTYPE)

    with pytest.raises(BadBackupError, match="no backup"):
        list(members(io.BytesIO(data)))


def test_a_part_that_unpacks_to_more_than_we_write_is_refused_before_it_fills_memory() -> None:
    bomb = _packed(bytes(archive.PART * 20))

    with pytest.raises(BadBackupError, match="unpacks to more"):
        list(members(io.BytesIO(_tar(("tables/x.000001.gz", bomb)))))


def test_a_member_larger_than_we_write_is_refused_unread() -> None:
    info = tarfile.TarInfo("header.json")
    info.size = 8 * 1024**3 - 1

    with pytest.raises(BadBackupError, match="more than we ever write"):
        list(members(io.BytesIO(info.tobuf(tarfile.USTAR_FORMAT))))


@pytest.mark.parametrize(
    "header", [b"[" * 100_000, b"null", b'{"format": 2}', b'{"format": 1}', b"\xff"]
)
def test_a_header_that_is_none_is_refused(header: bytes) -> None:
    with pytest.raises(BadBackupError):
        _check(_tar(("header.json", header)))


def test_what_goes_in_comes_out_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "PART", 10)
    stream = io.BytesIO()
    writer = Writer(stream)
    writer.table("nothing", [])
    writer.table("something", [b"0123456", b"789abcdef", b"", b"0123"])
    writer.end()
    stream.seek(0)

    found = [(part.name, part.part, part.data) for part in members(stream)]

    assert found == [
        ("nothing", 1, b""),
        ("something", 1, b"0123456789"),
        ("something", 2, b"abcdef0123"),
    ]
    stream.seek(0)
    with tarfile.open(fileobj=stream) as tar:
        assert len(tar.getnames()) == 3
