"""What every room that answers a browser or a client would otherwise write anew."""
