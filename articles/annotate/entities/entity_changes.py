"""What people put right about one entity: its names, kind and note, and its ids elsewhere."""

import hashlib
import re

from django.contrib.auth.models import User

from articles.annotate.entities.entities import EntityRefusedError, kind_word, name_line
from articles.curation.fields import StaleError
from articles.history.operations import act, done
from articles.models import Act, Door, Entity, EntityName, ExternalId, Operation, Task
from articles.models.folding import fold
from articles.text import normalise, normalise_line

NOTE_CHARACTERS = 10_000
ID_CHARACTERS = 300
WIKIDATA = "wikidata"

_SCHEME = re.compile(r"[a-z][a-z0-9_-]{0,39}\Z")
_WIKIDATA = re.compile(
    r"(?:https?://(?:www\.|m\.)?wikidata\.org/(?:wiki|entity)/)?(Q[1-9][0-9]{0,11})\Z",
    re.IGNORECASE,
)
# Where an id leads, by scheme.
_PAGES = {
    WIKIDATA: "https://www.wikidata.org/wiki/{}",
    "viaf": "https://viaf.org/viaf/{}",
    "gnd": "https://d-nb.info/gnd/{}",
    "geonames": "https://www.geonames.org/{}",
    "orcid": "https://orcid.org/{}",
}
_PLAIN = re.compile(r"[0-9A-Za-z-]+\Z")


def state_of(entity: Entity) -> str:
    """Return what is to be sent back with a change, so that nobody's work is overwritten."""
    names = list(entity.names.order_by("pk").values_list("pk", "name"))
    ids = list(entity.external_ids.order_by("pk").values_list("scheme", "value"))
    facts = (entity.name, entity.kind, entity.note, entity.merged_into_id)
    return hashlib.sha256(repr((facts, names, ids)).encode()).hexdigest()[:32]


def edit(
    entity: Entity,
    *,
    by: User | None,
    door: Door,
    name: str | None = None,
    kind: str | None = None,
    note: str | None = None,
    expected_state: str | None = None,
) -> Operation | None:
    """Call an entity otherwise, or say otherwise what it is; what is None stays.

    A former canonical name stays one that it is known by, and mentions keep the kind that they
    were tagged with. None if it says so already. Raises EntityRefusedError, StaleError.
    """
    wanted = {
        "name": None if name is None else name_line(name),
        "kind": None if kind is None else kind_word(kind),
        "note": None if note is None else _note(note),
    }
    with act(
        Act.ENTITY, corpus=entity.corpus, by=by, summary="", door=door, blind_task=blind_of(entity)
    ) as operation:
        was = refreshed(entity, expected_state).name
        changed = [
            field
            for field, value in wanted.items()
            if value is not None and value != getattr(entity, field)
        ]
        for field in changed:
            setattr(entity, field, wanted[field])
        if changed:
            entity.save(update_fields=changed)
        if "name" in changed:
            _own(entity, entity.name, by)
        operation.summary = f"{was}: {', '.join(map(_told(entity).__getitem__, changed))}"
        operation.size = int(bool(changed))
    return done(operation)


def _told(entity: Entity) -> dict[str, str]:
    return {"name": f"called “{entity.name}”", "kind": f"now {entity.kind}", "note": "note"}


def add_name(
    entity: Entity,
    name: str,
    *,
    by: User | None,
    door: Door,
    expected_state: str | None = None,
) -> Operation | None:
    """Let an entity be known by another name; None if it is. Raises EntityRefusedError."""
    line = name_line(name)
    summary = f"{entity.name}: also “{line}”"
    with act(
        Act.ENTITY,
        corpus=entity.corpus,
        by=by,
        summary=summary,
        door=door,
        blind_task=blind_of(entity),
    ) as operation:
        refreshed(entity, expected_state)
        operation.size = int(_own(entity, line, by))
    return done(operation)


def remove_name(name: EntityName, *, by: User | None, door: Door) -> Operation | None:
    """Forget an alias. What was tagged under it stays tagged. Raises EntityRefusedError."""
    entity = name.entity
    summary = f"{entity.name}: no longer “{name.name}”"
    with act(
        Act.ENTITY,
        corpus=entity.corpus,
        by=by,
        summary=summary,
        door=door,
        blind_task=blind_of(entity),
    ) as operation:
        entity.refresh_from_db()
        if fold(entity.name) == name.folded:
            raise EntityRefusedError(
                "This is the name that it goes by. Call it otherwise first.", "name"
            )
        name.delete()
    return done(operation)


def add_id(
    entity: Entity,
    scheme: str,
    value: str,
    *,
    by: User | None,
    door: Door,
    expected_state: str | None = None,
) -> Operation | None:
    """Say what an entity is called elsewhere; None if it says so. Raises EntityRefusedError."""
    scheme, value = read_id(scheme, value)
    summary = f"{entity.name}: {scheme} {value}"
    with act(
        Act.ENTITY,
        corpus=entity.corpus,
        by=by,
        summary=summary,
        door=door,
        blind_task=blind_of(entity),
    ) as operation:
        refreshed(entity, expected_state)
        operation.size = int(_own_id(entity, scheme, value))
    return done(operation)


def _own_id(entity: Entity, scheme: str, value: str) -> bool:
    known = ExternalId.objects.filter(corpus=entity.corpus_id, scheme=scheme, value=value)
    other = known.select_related("entity").first()
    if other is not None and other.entity_id == entity.pk:
        return False
    if other is not None:
        raise EntityRefusedError(
            f"{value} is the id of {other.entity.name} already. Merge the two if they are one.",
            "value",
        )
    has = entity.external_ids.filter(scheme=scheme).first()
    if has is not None:
        raise EntityRefusedError(
            f"{entity.name} is {has.value} in {scheme} already. Remove that first.", "value"
        )
    ExternalId.objects.create(corpus_id=entity.corpus_id, entity=entity, scheme=scheme, value=value)
    return True


def remove_id(known: ExternalId, *, by: User | None, door: Door) -> Operation | None:
    """Forget what an entity is called elsewhere."""
    entity = known.entity
    summary = f"{entity.name}: not {known.scheme} {known.value}"
    with act(
        Act.ENTITY,
        corpus=entity.corpus,
        by=by,
        summary=summary,
        door=door,
        blind_task=blind_of(entity),
    ) as operation:
        known.delete()
    return done(operation)


def read_id(scheme: str, value: str) -> tuple[str, str]:
    """Return a scheme and an id of it as they are kept. Raises EntityRefusedError."""
    scheme, value = normalise_line(scheme).lower(), normalise_line(value)
    if not _SCHEME.match(scheme):
        raise EntityRefusedError(
            "Say whose id it is in one word, such as wikidata or viaf.", "scheme"
        )
    if not value or len(value) > ID_CHARACTERS:
        raise EntityRefusedError(f"An id has 1 to {ID_CHARACTERS} characters.", "value")
    if scheme == WIKIDATA:
        found = _WIKIDATA.match(value)
        if found is None:
            raise EntityRefusedError(
                "An id of Wikidata is a Q and a number, such as Q42, or the address of its page.",
                "value",
            )
        value = found[1].upper()
    return scheme, value


def page_of(known: ExternalId) -> str:
    """Return the address of the page an id leads to; empty where we know none."""
    page = _PAGES.get(known.scheme)
    return page.format(known.value) if page and _PLAIN.match(known.value) else ""


def blind_of(entity: Entity) -> Task | None:
    """Return the blind task in which an entity was made: others do not learn of its changes."""
    return entity.task if entity.task is not None and entity.task.blind else None


def refreshed(entity: Entity, expected_state: str | None = None) -> Entity:
    """Return an entity read anew within an act. Raises EntityRefusedError, StaleError."""
    entity.refresh_from_db()
    if expected_state is not None and expected_state != state_of(entity):
        raise StaleError("Someone changed this entity since you opened it. Look at it again.")
    if entity.merged_into is not None:
        raise EntityRefusedError(f"This was merged into {entity.merged_into.name}. Edit that.")
    return entity


def _own(entity: Entity, line: str, by: User | None) -> bool:
    """Let an entity be known by a name; return whether that is new."""
    known, made = EntityName.objects.get_or_create(
        entity=entity,
        folded=fold(line),
        defaults={
            "corpus_id": entity.corpus_id,
            "name": line,
            "by": by,
            "task": blind_of(entity),
        },
    )
    if not made and known.name != line:
        # The same name, printed otherwise: as it is written last.
        known.name = line
        known.save(update_fields=["name"])
        return True
    return made


def _note(note: str) -> str:
    text = normalise(note).strip()
    if len(text) > NOTE_CHARACTERS:
        raise EntityRefusedError(f"A note has at most {NOTE_CHARACTERS:,} characters.", "note")
    return text
