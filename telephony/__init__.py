"""The telephone: what callers say and key, made into words, and Twilio's side of it."""
