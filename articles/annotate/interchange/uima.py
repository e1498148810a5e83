"""UIMA CAS XMI, as INCEpTION and DKPro read it: a file an article, in a ZIP with its type system.

Every tag is a ``webanno.custom.NewsroomTag`` with all that is known of it, and those of entities
are DKPro's ``NamedEntity`` as well. Places are UTF-16 units there; cassis counts them.
"""

import io
import re
import warnings
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

import orjson
from cassis import Cas, TypeSystem, load_cas_from_xmi, load_dkpro_core_typesystem, load_typesystem

from articles.annotate.interchange.archives import unzipped, zipped
from articles.annotate.interchange.plain_json import an_object, parsed
from articles.annotate.interchange.shape import (
    ArticleTags,
    Losses,
    Tag,
    UnreadableError,
    in_order,
)

_TAG = "webanno.custom.NewsroomTag"
_ARTICLE = "webanno.custom.NewsroomArticle"
_ENTITY = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
_WIKIDATA = "http://www.wikidata.org/entity/"
_TYPES = "TypeSystem.xml"
_FEATURES = ("kind", "entity", "entityId", "wikidata", "attributes", "comment", "status", "key")
# What XML can't hold, of what a text may.
_NOT_XML = re.compile("[\ufffe\uffff\x00-\x08\x0b\x0c\x0e-\x1f]")


class Uima:
    """``<number>.xmi`` and ``TypeSystem.xml``."""

    name = "uima"
    label = "UIMA CAS XMI (INCEpTION)"
    suffix = "zip"
    media_type = "application/zip"
    lacks = "Codes of whole articles, relations, who tagged; ids but Wikidata’s."

    def write(self, articles: Iterable[ArticleTags], losses: Losses) -> Iterator[bytes]:
        """Yield the archive."""
        types = _types()
        yield from zipped(_files(articles, types, losses))

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


def _files(
    articles: Iterable[ArticleTags], types: TypeSystem, losses: Losses
) -> Iterator[tuple[str, bytes]]:
    yield _TYPES, types.to_xml().encode()
    for place, each in enumerate(articles, 1):
        yield f"{each.article or place}.xmi", _written(each, types, losses)


def _written(each: ArticleTags, types: TypeSystem, losses: Losses) -> bytes:
    for what, some in (("codes and notes", each.codes), ("relations", each.relations)):
        if some:
            losses.note(what, times=len(some))
    cas = Cas(typesystem=types)
    cas.sofa_mime = "text/plain"
    cas.sofa_string = _xml(each.text, losses)
    named, tagged, article = (types.get_type(name) for name in (_ENTITY, _TAG, _ARTICLE))
    cas.add(
        article(begin=0, end=len(each.text), number=str(each.article or ""), sha256=each.sha256)
    )
    for tag in each.tags:
        wikidata = tag.entity_ids.get("wikidata", "")
        if tag.entity and tag.status == "accepted":
            identifier = f"{_WIKIDATA}{wikidata}" if wikidata else None
            cas.add(named(begin=tag.start, end=tag.end, value=tag.kind, identifier=identifier))
        cas.add(
            tagged(
                begin=tag.start,
                end=tag.end,
                kind=tag.kind,
                entity=_xml(tag.entity, losses) or None,
                entityId=str(tag.entity_id) if tag.entity_id else None,
                wikidata=wikidata or None,
                attributes=orjson.dumps(dict(tag.attributes)).decode() if tag.attributes else None,
                comment=_xml(tag.comment, losses) or None,
                status=tag.status,
                key=tag.key or None,
            )
        )
    written: str = cas.to_xmi()
    return written.encode()


def _xml(text: str, losses: Losses) -> str:
    """Return a text without what XML can't hold, as long as it was."""
    made, count = _NOT_XML.subn("\ufffd", text)
    if count:
        losses.note("characters that XML can’t hold", times=count)
    return made


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
