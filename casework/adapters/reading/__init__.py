"""Adapters that hear values, places and dangers in what residents say."""
