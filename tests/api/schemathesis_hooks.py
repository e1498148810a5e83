"""What schemathesis does otherwise when it tries the API: see ``test_schema.py``."""

import re
from typing import Any

import schemathesis


@schemathesis.hook
def before_call(_context: Any, case: Any, _kwargs: dict[str, Any]) -> None:
    """Send requests without the ``Idempotency-Key`` that they all share.

    With it, only the first is done, and every other is answered 409 whatever its body. Keys that
    are none stay: they must be refused.
    """
    for name, value in list((case.headers or {}).items()):
        if name.lower() == "idempotency-key" and re.fullmatch(r"[!-~]{1,255}", str(value)):
            del case.headers[name]
