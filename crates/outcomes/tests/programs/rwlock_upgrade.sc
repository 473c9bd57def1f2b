deadlock: t0 waits for l
