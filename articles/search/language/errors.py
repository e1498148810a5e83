"""What is wrong with a query, and where."""


class QueryError(ValueError):
    """A query that can't be read: a sentence for the one who typed it.

    ``position`` and ``length`` count code points of the query; ``meant`` is the whole query as it
    was probably meant, if there is such a guess.
    """

    def __init__(self, message: str, *, position: int, length: int = 1, meant: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.position = position
        self.length = length
        self.meant = meant
