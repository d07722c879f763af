"""What more than one of the rooms that answer a browser or a client needs (docs/adr/0024).

Mechanism only, named by what it is of: `reading` what was sent, `forms`, `pages`, `errors`. It
knows Flask and nothing of the council's work: what a refusal says, which status it has and what is
allowed stay in the room. What only one room needs does not belong here.
"""
