"""A phone and a text phone in the browser, for trying everything without a Twilio account.

Demo only. What stands in for Twilio is given to it (`carrier.Carrier`); the webhooks are the real
ones, and are really called.
"""
