"""What may not stand in logs: secrets of invitations and feeds, which are parts of addresses."""

import logging
import re
from typing import override

_SECRET = re.compile(
    r"(?i)((?:/|%2f)(?:invitations|feeds)(?:/|%2f))[\w.~%-]{12,}?(?=/|%2f|[^\w.~%-]|$)"
)


class HideSecrets(logging.Filter):
    """Puts ``…`` in the place of secrets before a line is written."""

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = hidden(record.getMessage()), ()
        return True


def hidden(words: str) -> str:
    """Return words without the secrets of invitations and feeds."""
    return _SECRET.sub(r"\1…", words)
