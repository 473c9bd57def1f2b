awake
deadlock: t0 waits for t1, t1 waits for unpark
