"""A stand-in for Twilio, written from Twilio's public documentation and from nothing of ours.

It plays the caller's side (`call`, `texts`), the REST API (`rest`) and the checks that Twilio makes
on what we answer (`twiml`), and refuses what Twilio refuses. It never imports the product or
Twilio's own library, so that a mistake made in one of them cannot hide here.
"""
