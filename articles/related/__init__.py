"""Related coverage: one story, as everyone ran it.

What two texts share is found by prints and alignment (:mod:`prints`, :mod:`alignment`), what that
makes of them by :mod:`kinds`; :mod:`relating` does so for what arrives, and people have the last
word (:mod:`judging`).
"""
