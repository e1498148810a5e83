"""Containers for the tests of database exports, made from lines of our own."""

import html
import io
from collections.abc import Sequence

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph


def text(lines: Sequence[str]) -> bytes:
    """Return plain text, a line each."""
    return "\n".join(lines).encode()


def rtf(lines: Sequence[str]) -> bytes:
    """Return rich text, a paragraph each."""
    body = "".join(f"{_rtf_words(line)}\\par\n" for line in lines)
    return f"{{\\rtf1\\ansi\\ansicpg1252\\deff0{{\\fonttbl{{\\f0 Arial;}}}}\n{body}}}".encode()


def _rtf_words(line: str) -> str:
    escaped = line.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}")
    return "".join(
        char if ord(char) < 128 else f"\\u{ord(char) if ord(char) < 32768 else ord(char) - 65536}?"
        for char in escaped
    )


def word(
    lines: Sequence[str], *, bold: Sequence[str] = (), links: dict[str, str] | None = None
) -> bytes:
    """Return a docx, a paragraph each; those that begin with a word of ``bold`` are bold."""
    document = docx.Document()
    for line in lines:
        paragraph = document.add_paragraph()
        address = (links or {}).get(line)
        if address:
            _link(paragraph, line, address)
            continue
        paragraph.add_run(line).bold = any(line.startswith(start) for start in bold) or None
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _link(paragraph: Paragraph, words: str, address: str) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, kind, is_external=True))
    run = OxmlElement("w:r")
    node = OxmlElement("w:t")
    node.text = words
    run.append(node)
    link.append(run)
    # Any element may stand there, whatever the types say.
    paragraph._p.append(link)  # type: ignore[arg-type]


def page(lines: Sequence[str]) -> bytes:
    """Return HTML, a div each."""
    body = "\n".join(f"<div><p><span>{html.escape(line)}</span></p></div><br>" for line in lines)
    return f"<html><head><title>x</title></head><body>{body}</body></html>".encode()
