[0, 1, 2]
[0, 2, 1]
alone with [0, 1, 2]
alone with [0, 2, 1]
