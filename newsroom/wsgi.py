"""What gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
# Someone waits for every answer of this process: settings bound its database statements.
os.environ["NEWSROOM_PROCESS"] = "web"

application = get_wsgi_application()
