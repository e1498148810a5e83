"""The report lives with the other things to take away; pages and the API share it."""

from articles.export.import_report import as_csv, as_json, rows

__all__ = ["as_csv", "as_json", "rows"]
