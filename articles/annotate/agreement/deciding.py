"""One decision on a case: its gold tags written, those of the decision it replaces taken away."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from articles.annotate.agreement.cases import Case, CodeCase, Option
from articles.annotate.agreement.settled import Settling, state_of
from articles.annotate.codebooks.codebook import EntityUse
from articles.annotate.entities.entities import EntityRefusedError
from articles.annotate.entities.gold_entities import named_by, taken_over
from articles.annotate.tags.bulk import tag_many
from articles.annotate.tags.coding import code as set_code
from articles.annotate.tags.layers import Layer
from articles.annotate.tags.wanted import TaggingError, Wanted, short
from articles.models import Adjudication, Anchor, Door, Mention, MentionOrigin, Operation
from articles.models.folding import fold
from articles.models.lookups import any_id

AGREED, PERSON, EDITED, NONE = "agreed", "person", "edited", "none"


class SettlingError(Exception):
    """Why something can't be settled so: a sentence, and the ``field`` it is about."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class StaleCaseError(SettlingError):
    """Someone changed their tags, or settled the same, since the page was made."""


@dataclass(frozen=True, slots=True)
class Edited:
    """What is to stand instead of what anyone tagged: the words as they stand in the text."""

    quote: str
    kind: str
    entity_name: str = ""


class Deciding:
    """Decisions on an article within an operation, its Adjudication held."""

    def __init__(self, settling: Settling, kept: Adjudication, layer: Layer, by: User) -> None:
        self.now = settling
        self.kept = kept
        self.layer = layer
        self.by = by
        self.operation: Operation
        self.door = Door.PAGE
        self.has_written = False
        # Gold tags of decisions that were replaced: they go unless another stands by them.
        self._loose: set[int] = set()

    @property
    def where(self) -> str:
        """The article as a sentence names it."""
        return f"“{short(self.now.item.article.headline or 'Untitled')}” of “{self.now.task.name}”"

    def case(self, key: str) -> Case | CodeCase:
        """Return a case by its key; raise StaleCaseError if it is no more."""
        found = next((case for case in self.now.every if case.key == key), None)
        if found is None:
            raise StaleCaseError(
                "Someone changed their tags here since you opened the page. This is how it is now."
            )
        return found

    def check_seen(self, case: Case | CodeCase, state: str) -> None:
        """Raise StaleCaseError if a case was settled since it was seen in this state."""
        if state_of(self.now.decisions.get(case.key)) != state:
            raise StaleCaseError(
                "This was settled in the meantime. Look at what was decided before you change it."
            )

    def is_chosen(self, case: Case | CodeCase, option: int) -> bool:
        """Whether just this was decided of a case, as by the same request before."""
        made = self.now.decisions.get(case.key)
        if made is None or made["how"] == EDITED:
            return False
        if option < 0 or made["how"] == NONE:
            return option < 0 and bool(made["how"] == NONE)
        people = (
            case.options[option][0] if isinstance(case, CodeCase) else case.options[option].people
        )
        return list(people) == list(made["people"])

    def is_edited_so(self, case: Case, edited: Edited) -> bool:
        """Whether a case was settled anew by just these words, this kind and this name."""
        made = self.now.decisions.get(case.key)
        if made is None or made["how"] != EDITED:
            return False
        gold = [pk for pk, _ in made["gold"]]
        name = edited.entity_name.strip()
        wanted = edited.quote.strip(), edited.kind, fold(name) if name else ""
        anchors = Anchor.objects.filter(
            any_id("mention_id", gold), version=self.now.item.version_id
        )
        return any(
            wanted
            == (
                anchor.quote,
                anchor.mention.kind,
                fold(anchor.mention.entity.name) if anchor.mention.entity else "",
            )
            for anchor in anchors.select_related("mention__entity")
        )

    def decide(
        self,
        case: Case | CodeCase,
        how: str,
        option: int,
        wanted: Sequence[Wanted] | None = None,
    ) -> None:
        """Write what was decided of a case, in place of what was decided before."""
        if isinstance(case, CodeCase):
            people, values = case.options[option] if option >= 0 else ((), ())
            self._replace(
                [each for each in self.kept.decisions if each.get("code") == case.code],
                self._said(case, how)
                | {"code": case.code, "people": people, "values": values, "gold": []},
            )
            self._code(case.code, values)
            return
        chosen = case.options[option] if option >= 0 else Option((), (), ())
        if wanted is None:
            wanted = self._wanted(chosen, self._taken_over([chosen]))
        self._settle(case, how, chosen, self._write(wanted))
        self._sweep()

    def take(self, cases: Sequence[Case | CodeCase]) -> None:
        """Write what all agree on in some cases, as :meth:`decide` does one by one."""
        spans = [case for case in cases if isinstance(case, Case)]
        known = self._taken_over([case.options[0] for case in spans])
        wanted = [self._wanted(case.options[0], known) for case in spans]
        gold = iter(self._write([each for some in wanted for each in some]))
        for case, some in zip(spans, wanted, strict=True):
            self._settle(case, AGREED, case.options[0], list(islice(gold, len(some))))
        self._sweep()
        for code in cases:
            if isinstance(code, CodeCase):
                self.decide(code, AGREED, 0)

    def _said(self, case: Case | CodeCase, how: str) -> dict[str, Any]:
        at = timezone.now().isoformat()
        return {"case": case.key, "how": how, "by": self.by.pk, "at": at}

    def _settle(self, case: Case, how: str, chosen: Option, gold: Sequence[int]) -> None:
        replaced = [each for each in self.kept.decisions if self._concerns(each, case)]
        sources = chosen.sources or ((),) * len(gold)
        self._replace(
            replaced,
            self._said(case, how)
            | {
                "start": case.start,
                "end": case.end,
                "passage": case.is_passage,
                "people": chosen.people,
                "from": sorted(case.ids),
                "gold": [[id_, list(ids)] for id_, ids in zip(gold, sources, strict=True)],
            },
        )

    def drop(self, decision: Mapping[str, Any]) -> None:
        """Take back what was decided of a case that is no more."""
        code = decision.get("code")
        if code and not any(case.code == code for case in self.now.codes):
            self._code(code, ())
        self._replace([decision], None)
        self._sweep()

    def wanted_by(self, case: Case, edited: Edited) -> Wanted:
        """Return what is to be tagged where someone typed its words. Raises SettlingError."""
        text = self.now.item.version.text
        quote = edited.quote.strip()
        if not quote:
            raise SettlingError("Say which words are to be tagged.", "quote")
        starts = []
        at = text.find(quote, max(0, case.start - len(quote)))
        while 0 <= at < case.end:
            if at + len(quote) > case.start:
                starts.append(at)
            at = text.find(quote, at + 1)
        if not starts:
            raise SettlingError(
                f"“{short(quote)}” does not stand at this place. Type the words as they are"
                " printed there.",
                "quote",
            )
        start = min(starts, key=lambda each: abs(each - case.start))
        entity = self._named(edited) if edited.entity_name.strip() else None
        return Wanted(
            start=start,
            end=start + len(quote),
            quote=quote,
            kind=edited.kind,
            entity=entity,
            origin=MentionOrigin.GOLD,
        )

    def _named(self, edited: Edited) -> int:
        kind = self.now.content.kind(edited.kind)
        if kind is None or kind.entity is EntityUse.NONE:
            raise SettlingError(
                f"{kind.name} names no entity: leave who or what empty."
                if kind
                else "The codebook has no such kind.",
                "entity" if kind else "kind",
            )
        name, task = edited.entity_name.strip(), self.now.task
        try:
            return named_by(
                name, edited.kind, task, by=self.by, door=self.door, operation=self.operation
            )
        except EntityRefusedError as fault:
            raise SettlingError(fault.message, "entity_name") from fault

    def _taken_over(self, options: Sequence[Option]) -> dict[int, int]:
        named = [tag.entity_id for option in options for tag in option.tags]
        return taken_over(dict.fromkeys(id_ for id_ in named if id_ is not None), self.now.task)

    def _wanted(self, option: Option, entities: Mapping[int, int]) -> list[Wanted]:
        text = self.now.item.version.text
        return [
            Wanted(
                start=tag.span.start,
                end=tag.span.end,
                quote=text[tag.span.start : tag.span.end],
                kind=tag.span.kind,
                entity=entities[tag.entity_id] if tag.entity_id is not None else None,
                attributes=tag.attributes,
                comment=tag.comment,
                origin=MentionOrigin.GOLD,
            )
            for tag in option.tags
        ]

    def _write(self, wanted: Sequence[Wanted]) -> list[int]:
        if not wanted:
            return []
        results = tag_many(
            self.layer.corpus,
            [(self.now.item.article_id, each) for each in wanted],
            by=self.by,
            door=self.door,
            layer=self.layer,
            operation=self.operation,
        )
        found = []
        for result in results:
            if isinstance(result, TaggingError):
                raise SettlingError(result.message, result.field)
            found.append(result.mention.pk)
        return found

    def _code(self, code: str, values: Sequence[str]) -> None:
        try:
            set_code(
                self.now.item.article,
                code,
                values,
                by=self.by,
                door=self.door,
                layer=self.layer,
                operation=self.operation,
            )
        except TaggingError as fault:
            raise SettlingError(fault.message, fault.field) from fault

    def _concerns(self, decision: Mapping[str, Any], case: Case) -> bool:
        """Whether a decision is of this case, or of what was here before someone changed it."""
        if decision.get("code"):
            return False
        if decision["case"] == case.key:
            return True
        if decision["case"] in self.now.decisions or decision["passage"] != case.is_passage:
            return False
        overlaps = decision["start"] < case.end and decision["end"] > case.start
        return overlaps or not case.ids.isdisjoint(decision["from"])

    def _replace(
        self, replaced: Sequence[Mapping[str, Any]], new: Mapping[str, Any] | None
    ) -> None:
        """Keep a decision in place of others; their gold tags wait for :meth:`_sweep`."""
        self._loose |= {id_ for each in replaced for id_, _ in each["gold"]}
        kept = [each for each in self.kept.decisions if each not in replaced]
        if new is not None:
            # As it comes back from the database.
            kept.append(json.loads(json.dumps(new)))
        self.kept.decisions = kept
        self.has_written = True

    def _sweep(self) -> None:
        """Remove the gold tags of replaced decisions that no other stands by."""
        gone = self._loose - {id_ for each in self.kept.decisions for id_, _ in each["gold"]}
        self._loose.clear()
        if gone:
            Mention.objects.filter(
                any_id("id", gone), task=self.now.task, layer_of=None, origin=MentionOrigin.GOLD
            ).delete()
