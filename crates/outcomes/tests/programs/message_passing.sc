7
not yet
