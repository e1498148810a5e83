"""DocBins and XMI are written without the libraries' objects, and are theirs to the byte."""

import io
import zipfile
from dataclasses import replace

import orjson
import spacy
import spacy.tokens
from cassis import Cas, load_typesystem
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.vocab import Vocab

from articles.annotate.interchange.doc_bins import ATTRIBUTES
from articles.annotate.interchange.formats import FORMATS
from articles.annotate.interchange.shape import ArticleTags, Losses, Tag, apart
from tests.annotate.interchange.test_formats import FULL, articles

_ENTITY = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
# What an attribute of XML holds otherwise, and what it can't hold at all.
AWKWARD = st.text(st.sampled_from("a <>&\"'\t\n\r\x0b\ufffe\u0085\u2028🚒é"), max_size=6)
# Cut within words, beside spaces, at the ends; with symbols that spaCy numbers by itself.
WORDS = (
    "X NOUN  don’t 🚒e\u0301lan\u00a0wide\u3000gap _a 北京",
    " Ann",
    "Ann ",
    "\n\nAnn\n\nDoe ",
    "",
)


@st.composite
def awkward(draw: st.DrawFn) -> ArticleTags:
    """Return an article whose tags say what is hard to write, with some suggested."""
    made = draw(articles())
    text = made.text + draw(st.sampled_from(WORDS))
    tags = [
        replace(
            tag,
            entity=draw(AWKWARD),
            entity_id=draw(st.none() | st.integers(1, 9)),
            entity_ids=draw(st.sampled_from([{}, {"wikidata": "Q4"}, {"viaf": "1"}])),
            attributes=draw(st.dictionaries(st.just("said"), AWKWARD)),
            comment=draw(AWKWARD),
            status=draw(st.sampled_from(["accepted", "accepted", "suggested"])),
        )
        for tag in made.tags
    ]
    return replace(made, text=text, tags=tags)


def members(name: str, *some: ArticleTags) -> dict[str, bytes]:
    data = b"".join(FORMATS[name].write(some, Losses()))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {each: archive.read(each) for each in archive.namelist()}


def of_spacy(known: Language, each: ArticleTags, written: bytes) -> spacy.tokens.Doc:
    """Return the document that spaCy makes of the same tokens and tags."""
    [read] = spacy.tokens.DocBin().from_bytes(written).get_docs(known.vocab)
    doc = spacy.tokens.Doc(
        known.vocab,
        words=[token.text for token in read],
        spaces=[bool(token.whitespace_) for token in read],
    )
    doc.user_data |= {"article": each.article or 0, "sha256": each.sha256}
    spans = {}
    for tag in each.tags:
        if tag.status == "accepted":
            span = doc.char_span(tag.start, tag.end, label=tag.kind, kb_id=_known_as(tag))
            assert span is not None
            spans[id(tag)] = span
    doc.spans["sc"] = list(spans.values())
    tags = [tag for tag in each.tags if id(tag) in spans]
    doc.set_ents([spans[id(tag)] for tag in apart(tags, Losses())])
    return doc


def _known_as(tag: Tag) -> str:
    own = f"newsroom:{tag.entity_id}" if tag.entity_id else ""
    return tag.entity_ids.get("wikidata", own)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(each=awkward())
def test_a_doc_bin_is_what_spacy_writes(each: ArticleTags) -> None:
    written = members("spacy", each)["part-0001.spacy"]

    known = spacy.blank("xx")
    doc = of_spacy(known, each, written)
    theirs = spacy.tokens.DocBin(ATTRIBUTES, store_user_data=True, docs=[doc])
    assert doc.text == each.text
    assert written == theirs.to_bytes() or not doc
    # With all attributes spaCy reads no more.
    whole = spacy.tokens.DocBin(store_user_data=True, docs=[doc])
    # By vocabularies that know no word yet: what is not in the files is not found elsewhere.
    [few] = spacy.tokens.DocBin().from_bytes(written).get_docs(Vocab())
    [full] = spacy.tokens.DocBin().from_bytes(whole.to_bytes()).get_docs(Vocab())
    assert few.to_bytes() == full.to_bytes()


def test_documents_of_one_doc_bin_keep_their_own_words_and_spans() -> None:
    some = [FULL, replace(FULL, text="", tags=()), replace(FULL, tags=FULL.tags[1:])]

    written = members("spacy", *some)["part-0001.spacy"]

    docs = list(spacy.tokens.DocBin().from_bytes(written).get_docs(spacy.blank("en").vocab))
    assert [doc.text for doc in docs] == [each.text for each in some]
    assert [[span.text for span in doc.ents] for doc in docs] == [
        ["“We leave,”", "Ann Doe"], [], ["Ann Doe"],
    ]  # fmt: skip


def of_cassis(each: ArticleTags, types: bytes) -> str:
    """Return what cassis writes of an article."""
    system = load_typesystem(io.BytesIO(types))
    cas = Cas(typesystem=system)
    cas.sofa_mime = "text/plain"
    cas.sofa_string = _held(each.text)
    article = system.get_type("webanno.custom.NewsroomArticle")
    named, tagged = system.get_type(_ENTITY), system.get_type("webanno.custom.NewsroomTag")
    cas.add(
        article(begin=0, end=len(each.text), number=str(each.article or ""), sha256=each.sha256)
    )
    for tag in each.tags:
        wikidata = tag.entity_ids.get("wikidata")
        if tag.entity and tag.status == "accepted":
            known_as = f"http://www.wikidata.org/entity/{wikidata}" if wikidata else None
            cas.add(named(begin=tag.start, end=tag.end, value=tag.kind, identifier=known_as))
        cas.add(
            tagged(
                begin=tag.start, end=tag.end, kind=tag.kind, wikidata=wikidata, status=tag.status,
                entity=_held(tag.entity) or None, comment=_held(tag.comment) or None,
                entityId=str(tag.entity_id) if tag.entity_id else None, key=tag.key or None,
                attributes=_held(orjson.dumps(tag.attributes).decode()) if tag.attributes else None,
            )
        )  # fmt: skip
    written: str = cas.to_xmi()
    return written


def _held(text: str) -> str:
    return text.replace("\x0b", "\ufffd").replace("\ufffe", "\ufffd")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(each=awkward(), more=AWKWARD)
def test_xmi_is_what_cassis_writes(each: ArticleTags, more: str) -> None:
    each = replace(each, text=each.text + more)

    written = members("uima", each)

    assert written[f"{each.article}.xmi"].decode() == of_cassis(each, written["TypeSystem.xml"])


def test_each_character_that_xml_can_not_hold_is_counted() -> None:
    losses = Losses()
    each = ArticleTags(
        text="a\x0bb\ufffe",
        tags=[Tag(start=0, end=1, quote="a", kind="x", entity="\x01", comment="\x02\x02")],
    )

    list(FORMATS["uima"].write([each], losses))

    assert losses.counts["characters that XML can’t hold"] == 5
