"""MHTML, the one-file archive that browsers save: its page and the page's address."""

from email import message_from_bytes, policy
from email.errors import MessageError

from articles.formats.protocol import FormatError

_WITHIN = 8192


def is_archive(data: bytes) -> bool:
    """Whether bytes begin as a MIME message of several parts does."""
    head = data[:_WITHIN].lower().replace(b"\r\n", b"\n").lstrip()
    return head[:200].find(b":") > 0 and b"mime-version:" in head and b"multipart/related" in head


def page(data: bytes) -> tuple[bytes, str, str]:
    """Return the archive's first HTML part: its bytes, its media type with charset, its address."""
    try:
        message = message_from_bytes(data, policy=policy.compat32)
        for part in message.walk():
            if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
                body = part.get_payload(decode=True)
                if isinstance(body, bytes):
                    charset = part.get_content_charset() or ""
                    address = part.get("Content-Location") or message.get(
                        "Snapshot-Content-Location"
                    )
                    return (
                        body,
                        f"text/html; charset={charset}" if charset else "",
                        str(address or ""),
                    )
    except (MessageError, LookupError, ValueError, RecursionError, AttributeError) as error:
        raise FormatError(
            "The saved page (MHTML) is damaged. Open it in a browser and save it again.",
            code="damaged",
        ) from error
    raise FormatError(
        "The saved page (MHTML) has no HTML in it. Open it in a browser and save it again.",
        code="damaged",
    )
