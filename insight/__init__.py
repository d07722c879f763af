"""Indicators of how the council answers: reads only, through casework's read side."""
