"""The labels of Nexis and Nexis Uni downloads, in the languages of its screens."""

from collections.abc import Mapping

# Our word for a label, and the forms it is printed in. What has no field with us keeps our word
# as its key in extra.
_FORMS: Mapping[str, str] = {
    "headline": "headline|titre|titel|titulo|título|überschrift|schlagzeile|kop",
    "byline": "byline|auteur|autor|autoren|verfasser|autora|autore|par|door|auteurs",
    "section": "section|rubrique|rubrik|ressort|sección|seccion|sezione|rubriek|seção",
    "length": "length|longueur|länge|laenge|longitud|lunghezza|lengte|extensión|comprimento",
    "dateline": "dateline|lieu|ort|ortsangabe|lugar|datación",
    "highlight": "highlight|highlights|sommaire|vorspann|resumen|encart",
    "body": "body|corps|text|textkörper|cuerpo|corpo|texto|corpus|text des artikels",
    "graphic": "graphic|graphique|grafik|gráfico|illustration|graphisme|beeld|grafico",
    "classification": "classification|klassifizierung|klassifikation|clasificación|classificatie",
    "load_date": (
        "load-date|load date|date-chargement|date de chargement|ladezeit|update|lade-datum|"
        "fecha-de-carga|fecha de carga|data-di-caricamento|laaddatum|load_date"
    ),
    "language": "language|langue|sprache|idioma|lingua|taal|língua",
    "publication_type": (
        "publication-type|type-publication|type de publication|publikationstyp|publication type|"
        "tipo-de-publicación|tipo de publicación|soort publicatie|medientyp|publikation"
    ),
    "journal_code": "journal-code|journal code|code-journal|zeitungs-code|código-periódico",
    "subject": "subject|sujet|thema|themen|tema|temas|soggetto|onderwerp|assunto",
    "company": "company|société|societe|unternehmen|empresa|compañía|società|bedrijf",
    "organization": "organization|organisation|organización|organizzazione|organisatie",
    "industry": "industry|industrie|secteur|branche|industria|bedrijfstak|setor",
    "geographic": (
        "geographic|localisation-geo|localisation géographique|geografisch|geo|geográfico|"
        "geographie|geografie|region"
    ),
    "city": "city|ville|stadt|ciudad",
    "state": "state|état|bundesland|estado",
    "country": "country|pays|land|país",
    "person": "person|personne|persona|persoon|pessoa|personen",
    "ticker": "ticker|symbole|börsenkürzel",
    "series": "series|série|serie",
    "type": "type",
    "document_type": "document-type|document type|type de document|dokumenttyp",
    "distribution": "distribution",
    "correction": "correction|korrektur|corrección",
    "correction_date": "correction-date|correction date",
    "notes": "notes|note|notizen|notas|anmerkung",
    "url": "url|link",
    "acc_no": "acc-no|accession number|accession-no",
    "cite": "cite",
    "issn": "issn",
    "publisher": "publisher|éditeur|verlag",
    "pub_date": "pub-date",
    "column": "column",
    "show": "show",
    "anchors": "anchors|anchor",
    "guests": "guests",
    "contact": "contact",
    "name": "name|names",
    "keywords": "keywords|mots-clés|stichworte",
    "event": "event",
    "copyright": "copyright",
}
LABELS: Mapping[str, str] = {
    form: ours for ours, forms in _FORMS.items() for form in forms.split("|")
}
# Those that stand before the body; at the others, the body is over.
LEADING = frozenset(
    [
        "headline",
        "byline",
        "section",
        "length",
        "dateline",
        "highlight",
        "series",
        "type",
        "show",
        "anchors",
        "guests",
        "column",
        "contact",
        "distribution",
        "url",
        "cite",
    ]
)
# Those that may stand alone on their line, the text beneath.
HEADINGS = frozenset({"body", "classification", "graphic", "notes", "correction", "highlight"})
ENDS = frozenset(
    [
        "end of document",
        "ende des dokuments",
        "dokumentende",
        "ende dokument",
        "fin du document",
        "fin del documento",
        "einde van document",
        "einde document",
        "fine del documento",
        "fim do documento",
    ]
)
