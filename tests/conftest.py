"""What every room's tests share."""

from tests.browser import browser

__all__ = ["browser"]
