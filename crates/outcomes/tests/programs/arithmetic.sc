panic: attempt to subtract with overflow
