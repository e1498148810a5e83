"""Where the words of a Web Annotation stand in a text. Pure: no Django, no database."""

from collections.abc import Iterator

from articles.annotate.tags.web_annotation import AnnotationError, Said

# Of words that stand very often, so many places are looked at.
_MOST_SEEN = 1_000


def placed(text: str, said: Said) -> tuple[int, int]:
    """Return where in a text the words of an annotation stand. Raises AnnotationError.

    A quote counts more than a position: clients that count UTF-16 units are off after an emoji.
    Where the quote stands several times, what is around it decides, then the position. White space
    at the edges is left out: no tag begins or ends in any.
    """
    start, end = _chosen(text, said)
    words = text[start:end]
    if not words.strip():
        raise AnnotationError("target.selector", "There are no words in this.")
    start += len(words) - len(words.lstrip())
    return start, start + len(words.strip())


def _chosen(text: str, said: Said) -> tuple[int, int]:
    if said.exact is None and said.start is None:
        raise AnnotationError(
            "target.selector",
            "Say which words: a TextQuoteSelector, a TextPositionSelector, or both.",
        )
    if said.exact is None:
        start, end = said.start or 0, said.end or 0
        if not 0 <= start < end <= len(text):
            raise AnnotationError(
                "target.selector", f"The text has {len(text):,} characters; choose some of them."
            )
        return start, end
    found = list(_occurrences(text, said.exact))
    if not found:
        raise AnnotationError("target.selector", "These words do not stand in the text.")
    size = len(said.exact)
    fitting = [
        start
        for start in found
        if text[:start].endswith(said.prefix) and text.startswith(said.suffix, start + size)
    ]
    candidates = fitting or found
    if said.start in candidates:
        return said.start, said.start + size
    if len(candidates) == 1:
        return candidates[0], candidates[0] + size
    raise AnnotationError(
        "target.selector",
        f"These words stand {len(candidates)} times in the text. Say which ones are meant: by "
        "prefix and suffix, or by a TextPositionSelector.",
    )


def _occurrences(text: str, words: str) -> Iterator[int]:
    if not words:
        return
    start = text.find(words)
    for _ in range(_MOST_SEEN):
        if start < 0:
            return
        yield start
        start = text.find(words, start + 1)
