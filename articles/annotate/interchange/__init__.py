"""What is tagged, as other tools read and write it: a file per format, pure.

Each format writes :class:`~articles.annotate.interchange.shape.ArticleTags` and reads them back.
What it can't hold it counts in :class:`~articles.annotate.interchange.shape.Losses`.
"""
