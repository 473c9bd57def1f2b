livelock: t0 waits for t1, t1 goes round at 6:29
