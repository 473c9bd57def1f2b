deadlock: t0 waits for stack
