"""How gunicorn serves: threads, since pages wait for Postgres more than they compute."""

import gc
import os

workers = int(os.environ.get("NEWSROOM_WEB_PROCESSES", "2"))
threads = 8
worker_class = "gthread"
timeout = 60
graceful_timeout = 20
# Large uploads arrive in threads of their own and must not be cut off.
keepalive = 5
max_requests = 10_000
max_requests_jitter = 1_000
# As long as gunicorn takes: a question is in its address. What is longer answers 414.
limit_request_line = 8190
errorlog = "-"
loglevel = "warning"


def post_worker_init(worker: object) -> None:  # noqa: ARG001 -- what gunicorn calls
    """Let the garbage collector pass over what was loaded, and come by less often.

    A page makes some ten thousands of objects that go on their own: of 64 ms it took 5.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
