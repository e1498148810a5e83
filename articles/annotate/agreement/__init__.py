"""How far people agree, and how what they tagged differently is settled."""
