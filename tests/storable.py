"""Texts as browsers, phones and programs send them, and how every way in keeps them."""

KEPT = [
    ("a\x00b\x1bc\x7fd", "abcd"),
    ("a\x85b\x9fc", "abc"),
    ("half \ud800a character", "half a character"),
    ("one\r\ntwo", "one\ntwo"),
    ("one\rtwo", "one\ntwo"),
    ("one\n\n\ttwo", "one\n\n\ttwo"),
    ("Siobhán 🙂 £5", "Siobhán 🙂 £5"),
]
