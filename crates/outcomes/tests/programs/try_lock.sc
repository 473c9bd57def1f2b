busy
got 0
got 1
