"""The action server: rasa-sdk's own web application over actions that were handed their office."""

from __future__ import annotations

import logging
import warnings
from typing import Any

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor

from actions.conversation import all_actions
from casework.use_cases.office import Office


def actions_app(office: Office) -> Any:
    """The application, with every action on the office given."""
    executor = ActionExecutor()
    for action in all_actions(office):
        executor.register_action(action)
    return create_app(executor, cors_origins=None)


def serve_actions(office: Office, port: int) -> None:
    """Serves until stopped, to this machine only: whoever can call an action can do all it does."""
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    # The SDK logs whole requests when an action fails to answer; they hold what residents said.
    for name in ("rasa_sdk.endpoint", "rasa_sdk.executor"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    app = actions_app(office)
    app.run(host="127.0.0.1", port=port, single_process=True, access_log=False, motd=False)
