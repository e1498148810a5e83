"""Work for processes beside this one: a process finds it by its name."""

import os
import signal
from pathlib import Path

from articles.related.finding.preparing import Given, Prepared, prepared, prints_of
from articles.related.matching.wording import Words

POISON = "Poisonous words"


def doubled(number: int) -> int:
    return 2 * number


def itself(words: str) -> str:
    return words


def none_of_seven(number: int) -> int:
    if number == 7:
        raise ValueError(number)
    return 2 * number


def dies_of_seven(number: int) -> int:
    if number == 7:
        os._exit(9)
    return 2 * number


def pid_of(_: int) -> int:
    return os.getpid()


def touches(path: str) -> None:
    Path(path).touch()


def notes(given: tuple[str, str]) -> None:
    path, what = given
    with Path(path).open("a") as log:
        log.write(f"{what}\n")


def interrupts(number: int) -> int:
    os.kill(os.getppid(), signal.SIGUSR1)
    return -number


def dies_of_poison(given: Given) -> Prepared:
    if POISON in given.text:
        os._exit(9)
    return prepared(given)


def never_of_poison(words: Words) -> tuple[int, ...]:
    assert "poisonous" not in words.folded
    return prints_of(words)


def fails_about_poison(given: Given) -> Prepared:
    if given.tagged is not None and POISON in given.text:
        raise ZeroDivisionError
    return prepared(given)
