2
deadlock: t0 waits for lock, t1 waits for lock
