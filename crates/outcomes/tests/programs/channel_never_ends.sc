deadlock: t0 waits for rx
