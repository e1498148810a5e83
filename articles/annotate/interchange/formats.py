"""The formats, by the names that addresses have."""

from collections.abc import Mapping

from articles.annotate.interchange.brat import Brat
from articles.annotate.interchange.conll import Conll
from articles.annotate.interchange.doccano import Doccano
from articles.annotate.interchange.label_studio import LabelStudio
from articles.annotate.interchange.native import Native
from articles.annotate.interchange.shape import Format
from articles.annotate.interchange.spacy_docs import SpacyDocs
from articles.annotate.interchange.table import Table
from articles.annotate.interchange.uima import Uima

FORMATS: Mapping[str, Format] = {
    each.name: each
    for each in (
        Native(),
        Table(),
        Doccano(),
        LabelStudio(),
        Conll(),
        Brat(),
        SpacyDocs(),
        Uima(),
    )
}
