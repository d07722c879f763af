"""What goes wrong in a request: how it is logged, and its one shape as JSON."""

from __future__ import annotations

import logging
import traceback

from flask import Response, jsonify, request


def log_fault(log: logging.Logger, error: Exception) -> None:
    """Logs an error that is our fault, by type and place only: its own words may hold what a
    resident said."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    log.error("%s in %s\n%s", type(error).__name__, request.endpoint, frames)


def error_answer(status: int, code: str, message: str) -> Response:
    """The JSON error of every API."""
    answer = jsonify({"error": {"code": code, "message": message}})
    answer.status_code = status
    return answer
