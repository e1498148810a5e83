"""The words of a text that tell what it is about, as their stems. Pure."""

from collections import Counter

from articles.search.language.words import fold, printed_words, stem

_LONGEST_WORD = 40
# So many blocks say what it is about; a word there counts as so many.
LEAD_BLOCKS, _LEAD = 5, 3
# Words that tell nothing of any event, in some languages; elsewhere they are found by how common
# they are.
_COMMON_WORDS = (
    "a about after again all also although always am among an and another any are around as "
    "at back be because been before being between both but by came can could day days did do "
    "does down during each even every few first for from get go had has have he her here him "
    "his how i if in into is it its just last like made make many may me might more most much "
    "must my never new next no not now of off on once one only or other our out over own part "
    "put said same say says see she should since so some still such take than that the their "
    "them then there these they this those three through time to told too two under until up "
    "upon us very was way we week well went were what when where which while who whose why "
    "will with within without would year years yesterday yet you your "
    "au aux avec ce ces cet cette comme dans de des du elle elles en est et il ils la le les "
    "leur leurs lui mais même ne nous on ont ou où par pas plus pour qu que qui sa sans se "
    "ses si son sont sous sur tous tout un une vers vous été "
    "aber alle als am auch auf aus bei bis das dass dem den der des die doch durch ein eine "
    "einem einen einer eines er es für haben hat hatte ihr ihre im ist kann mehr mit nach "
    "nicht noch nur oder sagte sein seine sich sie sind so um und unter von vor war waren was "
    "weil wenn werden wie wir wird wurde zu zum zur über "
    "al como con cuando del desde donde el ella ellos entre era es esta este esto fue ha han "
    "hasta hay las lo los muy más ni no nos o para pero por porque que se según ser sin sobre "
    "su sus también tras una uno y ya "
    "che chi col come con cui da dal dalla degli dei del della delle di e gli ha hanno i il "
    "nel nella non per più sono sua suo tra uno "
    "ao aos as com da das dos e em foi mais mas na nas no nos não o os ou pela pelo por seu "
    "sua são um uma "
    "aan bij dat een en het hij ik is maar met naar niet nog om ook op te van voor was werd "
    "wordt zijn "
    "att av den det från för har inte och på som till "
    "бы был была были в во для до его ее же за и из или их к как на не но о об он она они от "
    "по при с со так у что это "
    "أن أو إلى إن التي الذي بعد بين ثم حتى ذلك على عن عند في قبل قد كان كانت كل لا لم لن ما "
    "مع من منذ هذا هذه هم هو هي "
)
COMMON = frozenset(_COMMON_WORDS.split())
# Without what they keep, where one word is printed alone: what comes of it is kept with that. What
# is printed without spaces has few words, and many of each.
_fold, _stem = fold.__wrapped__, stem.__wrapped__


def telling_stems(printed: str, language: str | None) -> tuple[str, ...]:
    """Return the stems of those words of something printed that tell anything."""
    words = printed_words(printed)
    folding, stemming = (fold, stem) if len(words) > 1 else (_fold, _stem)
    return tuple(
        [
            stemming(folding(word), language)
            for word in words
            if len(word) <= _LONGEST_WORD and word.lower() not in COMMON
        ]
    )


def counted(lead: list[str], rest: list[str]) -> Counter[str]:
    """Return how often each stem counts, of those of the first blocks and of all others."""
    return Counter([*lead * _LEAD, *rest])
