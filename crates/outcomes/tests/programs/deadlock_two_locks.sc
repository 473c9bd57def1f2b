0 0
deadlock: t0 waits for a, t1 waits for b
