"""What gunicorn serves: the application on the settings of the environment."""

import os
from pathlib import Path

from server.composition import make_parts
from server.logs import quiet_logs
from server.settings import read_settings
from server.telephone import answer_left_over_texts
from server.web import create_app

TOP = Path(__file__).resolve().parent.parent

quiet_logs()
parts = make_parts(read_settings(os.environ, TOP))
app = create_app(parts)
answer_left_over_texts(parts)
