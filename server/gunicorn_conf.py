"""How gunicorn serves the web process (docs/adr/0004-web-server.md)."""

import os

bind = f"{os.environ.get('HOST') or '127.0.0.1'}:{os.environ.get('PORT') or '8000'}"
# One process: without Redis a conversation's lock lives in it. Greenlets carry the event streams.
workers = int(os.environ.get("WEB_PROCESSES") or "1")
worker_class = "gevent"
worker_connections = 2000
timeout = 60
# Longer than a proxy keeps an idle connection (nginx: 60 s), so that none is closed just when it is
# used again.
keepalive = 75
graceful_timeout = 3
# No request lines: an address of the event stream holds a token.
accesslog = None
errorlog = "-"
loglevel = "warning"
control_socket_disable = True
