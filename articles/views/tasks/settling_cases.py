"""Cases of an article as the page that settles them shows them: in the text, and beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from string import ascii_lowercase

from django.contrib.auth.models import User

from articles.annotate.agreement.cases import Case, CodeCase
from articles.annotate.agreement.deciding import AGREED, EDITED, NONE, PERSON
from articles.annotate.agreement.settling import Settling, state_of
from articles.annotate.agreement.side_by_side import Tagged
from articles.annotate.codebooks.codebook import Kind
from articles.models import Anchor
from articles.models.lookups import any_id
from articles.views.reading.typesetting import TypesetText, typeset
from articles.views.tagging.margin import kind_of
from articles.views.tagging.tagged_text import Tag, TaggedText

_QUOTED = 160
# Letters that are no keys of the page's own.
KEYS = [letter for letter in ascii_lowercase if letter not in "ejknuyxgh"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A tag as a case lists it."""

    quote: str
    kind: Kind
    entity: str
    attributes: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """What some people did in a case; ``number`` is the option's, ``key`` what chooses it."""

    number: int
    key: str
    people: Sequence[str]
    marks: Sequence[Mark] = ()
    words: str = ""
    is_chosen: bool = False

    @property
    def is_nothing(self) -> bool:
        """Whether they tagged nothing there."""
        return not self.marks and not self.words


@dataclass(frozen=True, slots=True)
class CaseShown:
    """A case as it is shown; ``how`` it was decided, "" if it was not."""

    key: str
    number: int
    title: str
    choices: Sequence[Choice]
    state: str
    how: str
    by: str = ""
    edited: Sequence[Mark] = ()
    is_code: bool = False
    is_agreed: bool = False
    # What someone tagged there, for who settles it anew: words, kind, entity.
    quote: str = ""
    kind: str = ""
    entity: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it is still to be settled one by one."""
        return not self.how and not self.is_agreed

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to stand there, as it was settled."""
        return self.how == NONE or any(c.is_chosen and c.is_nothing for c in self.choices)

    @property
    def has_nothing(self) -> bool:
        """Whether someone tagged nothing there, so that this is a choice already."""
        return any(choice.is_nothing for choice in self.choices)


class Shown:
    """The cases of an article, numbered from 1 in the order of the text, and the text with them."""

    def __init__(self, now: Settling) -> None:
        self.now = now
        self.names = {side.person.pk: side.person.get_username() for side in now.sides.sides}
        self.cases = [
            self._of_code(number, case)
            if isinstance(case, CodeCase)
            else self._of_place(number, case)
            for number, case in enumerate(now.every, 1)
        ]

    @property
    def open(self) -> list[CaseShown]:
        """Those that are to be settled one by one, and those that were."""
        return [case for case in self.cases if not case.is_agreed]

    @property
    def agreed(self) -> list[CaseShown]:
        """Those on which all agree."""
        return [case for case in self.cases if case.is_agreed]

    @property
    def agreed_left(self) -> int:
        """How many of the agreed ones were not taken yet."""
        return sum(not case.how for case in self.agreed)

    @property
    def current(self) -> str:
        """The key of the first case that is still to be settled."""
        return next((case.key for case in self.cases if case.is_open), "")

    @property
    def entities(self) -> list[str]:
        """The names of all that anyone named here, for who settles a place anew."""
        tags = (tag for side in self.now.sides.sides for tag in side.tags)
        return sorted({tag.entity_name for tag in tags if tag.entity_name})

    def text(self) -> TypesetText:
        """Return the text with its cases: what is settled or agreed as a tag, the rest open."""
        tags = []
        for number, case in enumerate(self.now.every, 1):
            if isinstance(case, CodeCase):
                continue
            shown = self.cases[number - 1]
            tags.append(
                Tag(
                    id=number,
                    start=case.start,
                    end=case.end,
                    colour=self._kind(case).colour,
                    title=f"{number}: {shown.title}",
                    is_suggested=shown.is_open or shown.is_empty,
                    is_passage=case.is_passage,
                )
            )
        version = self.now.item.version
        return typeset(version, (), TaggedText(version.text, tags))

    def _kind(self, case: Case) -> Kind:
        return kind_of(self.now.content, _first(case).span.kind)

    def _of_place(self, number: int, case: Case) -> CaseShown:
        decision = self.now.decisions.get(case.key)
        first = _first(case)
        text = self.now.item.version.text
        how = str(decision["how"]) if decision else ""
        chosen = set(decision["people"]) if decision else set()
        return CaseShown(
            key=case.key,
            number=number,
            title=_short(text[case.start : case.end]),
            choices=[
                Choice(
                    index,
                    KEYS[index] if index < len(KEYS) else "",
                    [self.names[user] for user in option.people],
                    [self._mark(tag) for tag in option.tags],
                    is_chosen=_is_chosen(how, chosen, option.people, nothing=not option.tags),
                )
                for index, option in enumerate(case.options)
            ],
            state=state_of(decision),
            how=how,
            by=self._deciders.get(decision["by"], "") if decision else "",
            edited=self._gold.get(case.key, ()) if how == EDITED else (),
            is_agreed=case.is_agreed,
            quote=text[first.span.start : first.span.end],
            kind=first.span.kind,
            entity=first.entity_name,
        )

    def _of_code(self, number: int, case: CodeCase) -> CaseShown:
        decision = self.now.decisions.get(case.key)
        code = self.now.content.code(case.code)
        how = str(decision["how"]) if decision else ""
        chosen = set(decision["people"]) if decision else set()
        return CaseShown(
            key=case.key,
            number=number,
            title=code.name if code else case.code,
            choices=[
                Choice(
                    index,
                    KEYS[index] if index < len(KEYS) else "",
                    [self.names[user] for user in people],
                    words=", ".join(values),
                    is_chosen=_is_chosen(how, chosen, people, nothing=not values),
                )
                for index, (people, values) in enumerate(case.options)
            ],
            state=state_of(decision),
            how=how,
            by=self._deciders.get(decision["by"], "") if decision else "",
            is_code=True,
            is_agreed=case.is_agreed,
        )

    def _mark(self, tag: Tagged) -> Mark:
        start, end = tag.span.place
        kind = kind_of(self.now.content, tag.span.kind)
        names = {each.slug: each.name for each in kind.attributes}
        return Mark(
            _short(self.now.item.version.text[start:end]),
            kind,
            tag.entity_name,
            [(names.get(slug, slug), str(value)) for slug, value in tag.attributes.items()],
        )

    @cached_property
    def _deciders(self) -> dict[int, str]:
        ids = {each["by"] for each in self.now.decisions.values()}
        return dict(User.objects.filter(pk__in=ids).values_list("pk", "username"))

    @cached_property
    def _gold(self) -> dict[str, list[Mark]]:
        """What was settled anew, by the keys of cases."""
        golds = {
            gold: key
            for key, each in self.now.decisions.items()
            if each["how"] == EDITED
            for gold, _ in each["gold"]
        }
        anchors = Anchor.objects.filter(
            any_id("mention_id", golds), version=self.now.item.version_id
        ).select_related("mention__entity__merged_into")
        found: dict[str, list[Mark]] = {}
        for anchor in anchors:
            entity = anchor.mention.entity
            stands = (entity.merged_into or entity).name if entity else ""
            mark = Mark(
                _short(anchor.quote), kind_of(self.now.content, anchor.mention.kind), stands
            )
            found.setdefault(golds[anchor.mention_id], []).append(mark)
        return found


def _first(case: Case) -> Tagged:
    return next(tag for option in case.options for tag in option.tags)


def _is_chosen(how: str, chosen: set[int], people: Sequence[int], *, nothing: bool) -> bool:
    if how in {AGREED, PERSON}:
        return not chosen.isdisjoint(people)
    return how == NONE and nothing


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _QUOTED else f"{line[: _QUOTED // 2]} … {line[-_QUOTED // 2 :]}"
