5
empty
