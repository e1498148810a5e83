#!/usr/bin/env python
"""Newsroom's command line."""

import os
import sys

from django.core.management import execute_from_command_line

from newsroom import first_use

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    first_use.make_ready(sys.argv[1:])
    execute_from_command_line(sys.argv)
