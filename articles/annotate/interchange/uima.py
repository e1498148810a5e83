"""UIMA CAS XMI, as INCEpTION and DKPro read it: a file an article, in a ZIP with its type system.

Every tag is a ``webanno.custom.NewsroomTag`` with all that is known of it, and those of entities
are DKPro's ``NamedEntity`` as well. Places are UTF-16 units there.
"""

import io
import re
import warnings
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

import orjson
from cassis import TypeSystem, load_cas_from_xmi, load_dkpro_core_typesystem, load_typesystem

from articles.annotate.interchange.archives import unzipped, zipped
from articles.annotate.interchange.plain_json import an_object, parsed
from articles.annotate.interchange.shape import (
    ArticleTags,
    Losses,
    Tag,
    UnreadableError,
    in_order,
)
from articles.annotate.interchange.units import Units

_TAG = "webanno.custom.NewsroomTag"
_ARTICLE = "webanno.custom.NewsroomArticle"
_ENTITY = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
_WIKIDATA = "http://www.wikidata.org/entity/"
_TYPES = "TypeSystem.xml"
_FEATURES = ("kind", "entity", "entityId", "wikidata", "attributes", "comment", "status", "key")
# What is written otherwise in an attribute, and what XML can't hold, of what a text may.
_SPECIAL = re.compile('[&<>"\x00-\x1f\ufffe\uffff]')
_ENTITIES = {
    "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;",
    "\t": "&#9;", "\n": "&#10;", "\r": "&#13;",
}  # fmt: skip
_HEAD = (
    "<?xml version='1.0' encoding='UTF-8'?>\n"
    '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore"'
    ' xmlns:custom="http:///webanno/custom.ecore"'
)
_OF_NAMES = ' xmlns:type="http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore"'


class Uima:
    """``<number>.xmi`` and ``TypeSystem.xml``."""

    name = "uima"
    label = "UIMA CAS XMI (INCEpTION)"
    suffix = "zip"
    media_type = "application/zip"
    lacks = "Codes of whole articles, relations, who tagged; ids but Wikidata’s."

    def write(self, articles: Iterable[ArticleTags], losses: Losses) -> Iterator[bytes]:
        """Yield the archive."""
        yield from zipped(_files(articles, losses))

    def read(self, data: bytes) -> Iterator[ArticleTags | UnreadableError]:
        """Yield the articles of an archive."""
        try:
            files = dict(unzipped(data, (".xmi", ".xml")))
            types = None
            for name, raw in files.items():
                if PurePosixPath(name).name.casefold() == _TYPES.casefold():
                    types = load_typesystem(io.BytesIO(raw))
        except UnreadableError as fault:
            yield fault
            return
        except Exception as fault:  # noqa: BLE001 -- a foreign file fails in whatever way it will
            yield UnreadableError(f"{_TYPES} can't be read: {type(fault).__name__}.")
            return
        for name, raw in files.items():
            if name.endswith(".xmi"):
                yield _read(name, raw, types or _types())


@lru_cache(maxsize=1)
def _types() -> TypeSystem:
    types = load_dkpro_core_typesystem()
    made = types.create_type(name=_TAG, supertypeName="uima.tcas.Annotation")
    for feature in _FEATURES:
        types.create_feature(domainType=made, name=feature, rangeType="uima.cas.String")
    article = types.create_type(name=_ARTICLE, supertypeName="uima.tcas.Annotation")
    for feature in ("number", "sha256"):
        types.create_feature(domainType=article, name=feature, rangeType="uima.cas.String")
    return types


@lru_cache(maxsize=1)
def _types_written() -> bytes:
    written: str = _types().to_xml()
    return written.encode()


def _files(articles: Iterable[ArticleTags], losses: Losses) -> Iterator[tuple[str, bytes]]:
    yield _TYPES, _types_written()
    for place, each in enumerate(articles, 1):
        yield f"{each.article or place}.xmi", _written(each, losses)


def _written(each: ArticleTags, losses: Losses) -> bytes:
    """Return what cassis would write: by an object and an element a tag it takes ten times as long.

    Its numbers: 1 is the text, and from 2 on what is said of it, in order.
    """
    for what, some in (("codes and notes", each.codes), ("relations", each.relations)):
        if some:
            losses.note(what, times=len(some))
    quoted = _Quoting(losses)
    text = quoted(each.text)
    said = list(_said(each, quoted))
    has_names = any(name == "type:NamedEntity" for name, _ in said)
    elements = [
        f'<{name} xmi:id="{number}" {rest}/>' for number, (name, rest) in enumerate(said, 2)
    ]
    members = " ".join(map(str, range(2, len(said) + 2)))
    return (
        _HEAD
        + (_OF_NAMES if has_names else "")
        + ' xmi:version="2.0"><cas:NULL xmi:id="0"/>'
        + "".join(elements)
        + '<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text/plain"'
        f' sofaString="{text}"/><cas:View sofa="1" members="{members}"/></xmi:XMI>'
    ).encode()


def _said(each: ArticleTags, quoted: "_Quoting") -> Iterator[tuple[str, str]]:
    """Yield what is said of an article: the elements' names, and their attributes."""
    units = Units(each.text)
    whole = f'sofa="1" begin="0" end="{units.of(len(each.text))}"'
    known_as = f'number="{each.article or ""}" sha256="{quoted(each.sha256)}"'
    yield "custom:NewsroomArticle", f"{whole} {known_as}"
    for tag in each.tags:
        kind, wikidata = quoted(tag.kind), quoted(tag.entity_ids.get("wikidata", ""))
        place = f'sofa="1" begin="{units.of(tag.start)}" end="{units.of(tag.end)}"'
        if tag.entity and tag.status == "accepted":
            identifier = f' identifier="{_WIKIDATA}{wikidata}"' if wikidata else ""
            yield "type:NamedEntity", f'{place} value="{kind}"{identifier}'
        attributes = orjson.dumps(dict(tag.attributes)).decode() if tag.attributes else ""
        values = (
            ("entity", quoted(tag.entity)), ("entityId", tag.entity_id), ("wikidata", wikidata),
            ("attributes", quoted(attributes)), ("comment", quoted(tag.comment)),
            ("status", quoted(tag.status)), ("key", quoted(tag.key)),
        )  # fmt: skip
        rest = "".join([f' {name}="{value}"' for name, value in values if value])
        yield "custom:NewsroomTag", f'{place} kind="{kind}"{rest}'


class _Quoting:
    """Texts as they stand in an attribute of XML; what it can't hold is lost, one for one."""

    def __init__(self, losses: Losses) -> None:
        self._losses = losses

    def __call__(self, text: str) -> str:
        return _SPECIAL.sub(self._quoted, text)

    def _quoted(self, found: re.Match[str]) -> str:
        known = _ENTITIES.get(found[0])
        if known is None:
            self._losses.note("characters that XML can’t hold")
            return "\ufffd"
        return known


def _read(name: str, raw: bytes, types: TypeSystem) -> ArticleTags | UnreadableError:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            cas = load_cas_from_xmi(io.BytesIO(raw), typesystem=types, lenient=True)
        text = cas.sofa_string or ""
        known = {each.name for each in types.get_types()}
        tags = [_tag(text, said) for said in cas.select(_TAG)] if _TAG in known else []
        if not tags and _ENTITY in known:
            tags = [_entity(text, said) for said in cas.select(_ENTITY)]
        about = cas.select(_ARTICLE) if _ARTICLE in known else []
    except UnreadableError as fault:
        return fault
    except Exception as fault:  # noqa: BLE001 -- a foreign file fails in whatever way it will
        return UnreadableError(f"{name} can't be read: {type(fault).__name__}.")
    number = (about[0].number if about else "") or PurePosixPath(name).stem
    return ArticleTags(
        text=text,
        tags=in_order(tags),
        article=int(number) if number.isdecimal() else None,
        sha256=(about[0].sha256 if about else "") or "",
    )


def _tag(text: str, said: Any) -> Tag:
    attributes = an_object(parsed(said.attributes or "{}", "attributes"), "attributes")
    number = said.entityId or ""
    return Tag(
        start=said.begin,
        end=said.end,
        quote=text[said.begin : said.end],
        kind=said.kind or "",
        key=said.key or "",
        entity=said.entity or "",
        entity_id=int(number) if number.isdecimal() else None,
        entity_ids={"wikidata": said.wikidata} if said.wikidata else {},
        attributes=attributes,
        comment=said.comment or "",
        status=said.status or "accepted",
        origin="imported",
    )


def _entity(text: str, said: Any) -> Tag:
    identifier = said.identifier or ""
    wikidata = identifier.removeprefix(_WIKIDATA) if identifier.startswith(_WIKIDATA) else ""
    return Tag(
        start=said.begin,
        end=said.end,
        quote=text[said.begin : said.end],
        kind=said.value or "",
        entity_ids={"wikidata": wikidata} if wikidata else {},
        origin="imported",
    )
