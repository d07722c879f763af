"""The rest of the outside world behind casework's ports, one file each."""
