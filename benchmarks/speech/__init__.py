"""Speech there and back: said by a voice, heard at telephone quality, understood."""
