"""What every command does first: an embedded database that goes away then ends no command."""

import subprocess
import sys
from pathlib import Path

from tests.faults.processes import ROOT, embedded

# The settings have the server started; it is gone when the tables are looked for.
GONE_AT_ONCE = """
import django
from django.conf import settings
from newsroom import first_use, postgres
django.setup()
postgres.stop(settings.DATA_DIR)
first_use.make_ready(["worker"])
print("on to the command")
"""


def test_a_database_that_is_gone_at_the_start_is_left_to_the_command_to_wait_for(
    tmp_path: Path,
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", GONE_AT_ONCE],
        cwd=ROOT,
        env=embedded(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout == "on to the command\n", done.stderr
