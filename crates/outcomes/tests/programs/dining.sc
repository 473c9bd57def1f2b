all ate
deadlock: t0 waits for t1, t1 waits for forks[1], t2 waits for forks[2], t3 waits for forks[0]
