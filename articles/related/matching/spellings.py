"""British and American spellings of one word: tables, and the forms made of them. Pure."""

from collections.abc import Iterator

# -our and -or: what both write alike (hour, four, tour, contour, velour, detour) is not here.
_OUR = (
    "arb", "ard", "arm", "behavi", "cand", "clam", "clang", "col", "demean", "dol", "enam",
    "endeav", "fav", "ferv", "flav", "glam", "harb", "hon", "hum", "lab", "neighb", "od", "parl",
    "ranc", "rig", "rum", "sav", "savi", "splend", "succ", "tum", "val", "vap", "vig", "watercol",
)  # fmt: skip
_OUR_BEFORE = (
    "",
    "be",
    "bi",
    "dis",
    "em",
    "mis",
    "multi",
    "non",
    "out",
    "re",
    "techni",
    "tri",
    "un",
    "uni",
)
_OUR_AFTER = (
    "", "able", "ably", "al", "ally", "ant", "ants", "ation", "blind", "ed", "er", "ers", "ful",
    "fully", "hood", "hoods", "ies", "ing", "ings", "ism", "ist", "ists", "ite", "ites", "itism",
    "less", "ly", "man", "men", "s", "side", "some", "y",
)  # fmt: skip

# The last letter is doubled before an ending in the one, and not in the other.
_DOUBLED = (
    "apparel", "barrel", "bedevil", "benefit", "bevel", "bias", "cancel", "carol", "cavil",
    "channel", "chisel", "counsel", "cudgel", "devil", "dial", "dishevel", "disembowel", "drivel",
    "duel", "empanel", "enamel", "equal", "flannel", "focus", "fuel", "funnel", "gravel", "grovel",
    "imperil", "initial", "jewel", "kennel", "kidnap", "label", "laurel", "level", "libel",
    "marshal", "marvel", "medal", "metal", "model", "panel", "parcel", "pedal", "pencil", "pummel",
    "quarrel", "ravel", "revel", "rival", "shovel", "shrivel", "signal", "snorkel", "spiral",
    "squirrel", "stencil", "swivel", "tassel", "total", "towel", "trammel", "travel", "trial",
    "trowel", "tunnel", "unravel", "victual", "weasel", "worship", "yodel",
)  # fmt: skip
_DOUBLED_BEFORE = ("", "de", "mis", "out", "re", "un")
_DOUBLED_AFTER = (
    "ed", "er", "ers", "ing", "ings", "ist", "ists", "or", "ors", "orship", "ous", "ously",
)  # fmt: skip

# Pairs that take -s, -ed, -ing and -er each in its own way.
_PAIRS = """
    accoutrement accouterment | acknowledgement acknowledgment | aeroplane airplane
    aluminium aluminum | analogue analog | analyse analyze | apologise apologize
    artefact artifact | axe ax | breathalyse breathalyze | calibre caliber
    carburettor carburetor | catalogue catalog | catalyse catalyze | centre center
    cheque check | chequebook checkbook | chequer checker | connexion connection | cosy cozy
    councillor councilor | counsellor counselor | defence defense | demagogue demagog
    dialogue dialog | dialyse dialyze | disc disk | doughnut donut | draught draft
    duologue duolog | electrolyse electrolyze | encyclopaedia encyclopedia | enquire inquire
    enquiry inquiry | epicentre epicenter | epilogue epilog | fibre fiber
    fibreglass fiberglass | furore furor | gaol jail | goitre goiter | grey gray
    gypsy gipsy | homologue homolog | hydrolyse hydrolyze | ideologue ideolog
    judgement judgment | kerb curb | kerbside curbside | kilogramme kilogram | gramme gram
    licence license | litre liter | centilitre centiliter | decilitre deciliter
    millilitre milliliter | lustre luster | manoeuvre maneuver | meagre meager | metre meter
    centimetre centimeter | kilometre kilometer | micrometre micrometer
    millimetre millimeter | nanometre nanometer | mitre miter | mollusc mollusk
    monologue monolog | mould mold | moult molt | moustache mustache | neurone neuron
    nitre niter | ochre ocher | offence offense | omelette omelet | paralyse paralyze
    pedagogue pedagog | phoney phony | plough plow | practise practice | pretence pretense
    programme program | prologue prolog | psychoanalyse psychoanalyze | pyjama pajama
    reconnoitre reconnoiter | routeing routing | sabre saber | saltpetre saltpeter
    sceptic skeptic | sceptre scepter | scepticism skepticism | sepulchre sepulcher | shew show
    smoulder smolder | sombre somber | spectre specter | speciality specialty | storey story
    sulphate sulfate | sulphide sulfide | sulphur sulfur | synagogue synagog
    theatre theater | theatregoer theatergoer | titbit tidbit | travelogue travelog
    tsar czar | tyre tire | whisky whiskey | woollen woolen
    yoghurt yogurt
    appal appall | distil distill | enrol enroll | enrolment enrollment | enthral enthrall
    fulfil fulfill | fulfilment fulfillment | instal install | instalment installment
    instil instill
"""

# Forms that no rule gives.
_SINGLE = """
    ageing aging | burnt burned | chilli chili | chillies chilies | defenceless defenseless
    dreamt dreamed | jewellery jewelry | leant leaned | leapt leaped | learnt learned
    likeable likable | mouldy moldy | nett net | saleable salable | sceptical skeptical
    sceptically skeptically | shewn shown | sizeable sizable | skilful skillful
    skilfully skillfully | skilfulness skillfulness | spelt spelled
    spilt spilled | spoilt spoiled | sulphuric sulfuric | sulphurous sulfurous
    tranquillity tranquility | tsarist czarist | tsarina czarina | unmoveable unmovable
    unskilful unskillful | wilful willful | wilfully willfully | woolly wooly
    unlicenced unlicensed | unpractised unpracticed | liveable livable | rateable ratable
    manoeuvrable maneuverable | manoeuvrability maneuverability | centrepiece centerpiece
    to-day today | to-night tonight | to-morrow tomorrow | e-mail email | e-mails emails
    e-mailed emailed | e-mailing emailing
"""

# Inside longer words: ae and oe.
PARTS = (
    ("aesth(?=et|es)", "esth"), ("aetiolog", "etiolog"), ("amoeb", "ameb"), ("anaem", "anem"),
    ("anaesth", "anesth"), ("archaeo", "archeo"), ("caesarean", "cesarean"), ("caesium", "cesium"),
    ("coeliac", "celiac"), ("diarrhoea", "diarrhea"), ("^faec(?=es|al)", "fec"),
    ("^foet(?=us|al)", "fet"), ("gynaeco", "gyneco"), ("^haem(?=o|a|at)", "hem"),
    ("homoeo", "homeo"), ("aemi(?=a|c|as)", "emi"), ("mediaev", "mediev"), ("oedema", "edema"),
    ("oesoph", "esoph"), ("oestr", "estr"), ("paed(?=i|o)", "ped"), ("palaeo", "paleo"),
    ("primaev", "primev"), ("^aeon", "eon"), ("encyclopaedi", "encyclopedi"),
)  # fmt: skip

# -ise in both: the stem, alone or after one of these.
ISE_BEFORE = "dis|en|in|mis|non|over|pre|re|self|un|up"
ISE_ALWAYS = (
    "adv", "advert", "appr", "ar", "cer", "chast", "chem", "circumc", "compr", "comprom", "conc",
    "cr", "dem", "den", "desp", "dev", "disenfranch", "el", "empr", "enfranch", "enterpr", "exc",
    "exerc", "expert", "franch", "highr", "improv", "inc", "ir", "m", "marqu", "merchand",
    "moonr", "mort", "parad", "pr", "prec", "prem", "prom", "r", "rem", "repr", "rev", "sunr",
    "superv", "surm", "surpr", "telev", "treat", "up", "upr", "v", "val",
)  # fmt: skip


def _pairs(table: str) -> Iterator[tuple[str, str]]:
    for line in table.splitlines():
        for pair in line.split("|"):
            if words := pair.split():
                one, other = words
                yield one, other


def inflected(word: str) -> tuple[str, ...]:
    """Return a word with nothing, -s, -ed, -ing, -er and -ers, by the rules of English."""
    if word.endswith("e"):
        stem, many = word[:-1], f"{word}s"
    elif word.endswith("y") and word[-2] not in "aeiou":
        return word, f"{word[:-1]}ies", f"{word[:-1]}ied", f"{word}ing", f"{word[:-1]}ier", ""
    else:
        stem, many = word, f"{word}{'es' if word.endswith('x') else 's'}"
    return word, many, f"{stem}ed", f"{stem}ing", f"{stem}er", f"{stem}ers"


def _spellings() -> Iterator[tuple[str, str]]:
    for before in _OUR_BEFORE:
        for stem in _OUR:
            for after in _OUR_AFTER:
                yield f"{before}{stem}our{after}", f"{before}{stem}or{after}"
    for before in _DOUBLED_BEFORE:
        for stem in _DOUBLED:
            for after in _DOUBLED_AFTER:
                yield f"{before}{stem}{stem[-1]}{after}", f"{before}{stem}{after}"
    for one, other in _pairs(_PAIRS):
        yield from zip(inflected(one), inflected(other), strict=True)
    yield from _pairs(_SINGLE)


# From the spelling that is left to the one that is kept.
KNOWN = {one: other for one, other in _spellings() if one and other and one != other}
